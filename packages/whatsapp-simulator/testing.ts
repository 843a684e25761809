import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { FaultSettings } from "./src/faults.ts";
import { type LedgerEvent, ledgerEvent } from "./src/ledger-event.ts";
import type { app, businessNumber } from "./src/registry.ts";
import type { Settings } from "./src/settings.ts";
import { type ChatMessage, chatMessage } from "./src/chat-message.ts";

/** What a simulator of a test knows from the start. */
export interface SimulatorOptions {
  apps?: z.input<typeof app>[];
  numbers?: z.input<typeof businessNumber>[];
  /** Default: webhooks are tried again after 50 ms, at most 1 s apart. */
  settings?: Partial<Settings>;
  /** The folder of the ledger; default a new temporary one, removed by `stop("SIGTERM")`. */
  folder?: string;
  /** Default 0: a free one. */
  port?: number;
}

/** A customer of a running simulator. */
export interface SimulatedCustomer {
  /** Writes a text and resolves with its wamid once the ledger has it. */
  say(text: string, more?: Record<string, unknown>): Promise<string>;
  /** Does anything else: `{type: "button", button_id, title}`, `{type: "location", …}`; see the README. */
  send(message: Record<string, unknown>): Promise<string>;
  /** All messages of the customer, both ways, oldest first. */
  messages(): Promise<ChatMessage[]>;
  /** The customer looks at the chat: messages of the business become `read`. */
  read(): Promise<void>;
}

/** A simulator in a process of its own. */
export interface RunningSimulator {
  /** Where everything is: `http://127.0.0.1:<port>`. */
  url: string;
  /** The base URL for the product's Graph calls; the same as `url`. */
  graphUrl: string;
  folder: string;
  /** @param identity Phone or BSUID. @param phoneNumberId Default: the first registered number. */
  customer(identity: string, phoneNumberId?: string): SimulatedCustomer;
  /** Events after number `since` (default 0), as they stand in the ledger. */
  ledger(since?: number): Promise<LedgerEvent[]>;
  /** Sets faults; those left out stay as they are. Without an argument all end. */
  faults(changed?: Partial<FaultSettings>): Promise<void>;
  settings(changed: Partial<Settings>): Promise<void>;
  register(
    added: { apps?: z.input<typeof app>[]; numbers?: z.input<typeof businessNumber>[] },
  ): Promise<void>;
  /** Calls the control API: `call("POST", "/batches", {messages: […]})`. @throws {Error} On any answer but 2xx. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Ends the process; `SIGKILL` without warning. A new one with the same folder goes on from its ledger. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

/**
 * Starts a simulator and resolves when it answers.
 *
 * @throws {Error} With what the process wrote, if it ends before that.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const folder = options.folder ?? await Deno.makeTempDir({ prefix: "whatsapp-simulator-" });
  const config = join(folder, "config.json");
  const settings = { retry_first_ms: 50, retry_max_ms: 1_000, ...options.settings };
  const { apps = [], numbers = [] } = options;
  await Deno.writeTextFile(config, JSON.stringify({ apps, numbers, settings }));
  const flags = ["--port", String(options.port ?? 0), "--ledger", folder, "--config", config];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, ...flags],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { url } = await readFirstLine(output);
  const drained = drain(output);
  return running(url, folder, numbers[0]?.phone_number_id ?? "", async (signal) => {
    child.kill(signal);
    await child.status;
    await drained;
    if (signal === "SIGTERM" && options.folder === undefined) await Deno.remove(folder, { recursive: true });
  });
}

function running(
  url: string,
  folder: string,
  firstNumber: string,
  end: (signal: "SIGTERM" | "SIGKILL") => Promise<void>,
): RunningSimulator {
  const call = (method: string, path: string, body?: unknown) => callControl(url, method, path, body);
  return {
    url,
    graphUrl: url,
    folder,
    call,
    customer: (identity, phoneNumberId = firstNumber) => customerOf(call, identity, phoneNumberId),
    ledger: (since = 0) => readLedger(call, since),
    faults: async (changed) => {
      await (changed ? call("POST", "/faults", changed) : call("DELETE", "/faults"));
    },
    settings: async (changed) => {
      await call("POST", "/settings", changed);
    },
    register: async (added) => {
      await call("POST", "/numbers", added);
    },
    stop: (signal = "SIGTERM") => end(signal),
  };
}

function customerOf(
  call: RunningSimulator["call"],
  identity: string,
  phoneNumberId: string,
): SimulatedCustomer {
  const path = `/customers/${encodeURIComponent(identity)}`;
  const send = async (message: Record<string, unknown>) => {
    const answer = await call("POST", `${path}/messages`, { phone_number_id: phoneNumberId, ...message });
    return z.object({ wamid: z.string() }).parse(answer).wamid;
  };
  return {
    send,
    say: (text, more) => send({ type: "text", text, ...more }),
    messages: async () => {
      const query = new URLSearchParams({
        customer: identity,
        phone_number_id: phoneNumberId,
        limit: "10000",
      });
      return z.object({ messages: z.array(chatMessage) }).parse(await call("GET", `/messages?${query}`))
        .messages;
    },
    read: async () => {
      await call("POST", `${path}/read`, { phone_number_id: phoneNumberId });
    },
  };
}

const ledgerPage = z.object({ events: z.array(ledgerEvent), next: z.number(), has_more: z.boolean() });

async function readLedger(call: RunningSimulator["call"], since: number): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = [];
  for (let next = since, hasMore = true; hasMore;) {
    const page = ledgerPage.parse(await call("GET", `/ledger?since=${next}&limit=50000`));
    // One by one: a long ledger is more than a call can take as arguments.
    for (const event of page.events) events.push(event);
    next = page.next;
    hasMore = page.has_more;
  }
  return events;
}

async function callControl(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${url}/_simulator${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
}

async function readFirstLine(output: ReadableStreamDefaultReader<string>): Promise<{ url: string }> {
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await output.read();
    if (done) throw new Error(`Cannot start the simulator: it ended after writing "${text}"`);
    text += value;
  }
  return z.object({ url: z.url() }).parse(JSON.parse(text.slice(0, text.indexOf("\n"))));
}

async function drain(output: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await output.read()).done) continue;
}

export type { LedgerEvent };
