import { createHmac } from "node:crypto";
import { type RunningSimulator, type SimulatorOptions, startSimulator } from "../testing.ts";
import { type JsonObject, jsonObject } from "./ledger-event.ts";

/** One POST that a product of a test got. */
export interface ReceivedWebhook {
  text: string;
  isGenuine: boolean;
  value: JsonObject;
  messages: JsonObject[];
  statuses: JsonObject[];
}

/** A product reduced to a webhook: it keeps what it gets and answers what it is told to. */
export class TestProduct {
  readonly received: ReceivedWebhook[] = [];
  /** The status of the next answers; 200 once they are used up. */
  readonly answers: number[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /** Listens on a free port at once. */
  constructor(port = 0) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  get port(): number {
    return this.#server.addr.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/webhook`;
  }

  /** All messages of all POSTs, in the order of arrival. */
  get messages(): JsonObject[] {
    return this.received.flatMap((webhook) => webhook.messages);
  }

  /** All statuses of all POSTs, in the order of arrival. */
  get statuses(): JsonObject[] {
    return this.received.flatMap((webhook) => webhook.statuses);
  }

  async stop(): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    if (request.method === "GET") {
      const query = new URL(request.url).searchParams;
      return query.get("hub.verify_token") === "verify"
        ? new Response(query.get("hub.challenge"))
        : new Response(null, { status: 403 });
    }
    const bytes = new Uint8Array(await request.arrayBuffer());
    const expected = `sha256=${createHmac("sha256", "secret").update(bytes).digest("hex")}`;
    const text = new TextDecoder().decode(bytes);
    for (const value of valuesOf(JSON.parse(text))) {
      this.received.push({
        text,
        isGenuine: request.headers.get("x-hub-signature-256") === expected,
        value,
        messages: objectsOf(value.messages),
        statuses: objectsOf(value.statuses),
      });
    }
    return new Response(null, { status: this.answers.shift() ?? 200 });
  }
}

/** Runs a test with a product and a simulator that knows two numbers of it, and ends both. */
export async function withProduct(
  test: (simulator: RunningSimulator, product: TestProduct) => Promise<void>,
  settings: SimulatorOptions["settings"] = {},
): Promise<void> {
  const product = new TestProduct();
  const simulator = await startSimulator({ ...registrationOf(product), settings });
  try {
    await test(simulator, product);
  } finally {
    await simulator.stop();
    await product.stop();
  }
}

/** The apps and numbers of such a test: `100` (token `token`) and `200` (token `other`). */
export function registrationOf(
  product: { url: string },
): Required<Pick<SimulatorOptions, "apps" | "numbers">> {
  const number = (id: string, token: string) => ({
    phone_number_id: id,
    waba_id: `waba-${id}`,
    app_id: "app",
    display_phone_number: `+52 55 0000 0${id}`,
    name: `Tienda ${id}`,
    access_token: token,
    templates: [{ name: "pedido_listo", language: "es" }],
  });
  return {
    apps: [{ app_id: "app", app_secret: "secret", verify_token: "verify", webhook_url: product.url }],
    numbers: [number("100", "token"), number("200", "other")],
  };
}

/** Sends as the business does, from number `100` unless told otherwise. */
export async function sendAsBusiness(
  simulator: RunningSimulator,
  body: unknown,
  { token = "token", path = "/v26.0/100/messages" }: { token?: string; path?: string } = {},
): Promise<{ http: number; body: JsonObject }> {
  const response = await fetch(`${simulator.graphUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    // A stream is sent once; `fetch` sends anything else again by itself when a kept connection is reset.
    body: new Blob([JSON.stringify(body)]).stream(),
  });
  return { http: response.status, body: jsonObject.parse(await response.json()) };
}

/** A text to `5215512345678`. */
export function textOf(body: string, more: JsonObject = {}): JsonObject {
  return { messaging_product: "whatsapp", to: "+5215512345678", type: "text", text: { body }, ...more };
}

/** Resolves once it is true; fails after 30 s. */
export async function eventually(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const until = Date.now() + 30_000;
  while (!(await isTrue())) {
    if (Date.now() > until) throw new Error(`Did not happen within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function valuesOf(body: unknown): JsonObject[] {
  return objectsOf(jsonObject.parse(body).entry)
    .flatMap((entry) => objectsOf(entry.changes))
    .map((change) => jsonObject.parse(change.value));
}

function objectsOf(value: unknown): JsonObject[] {
  return jsonObject.array().parse(value ?? []);
}
