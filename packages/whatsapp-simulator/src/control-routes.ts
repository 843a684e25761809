import type { Call } from "./call.ts";
import { answerChats, answerLedger, answerMessages } from "./control-reads.ts";
import { postBatch, postMessage, redeliver } from "./control-messages.ts";
import { getNumbers, postNumbers, verifyApp } from "./control-numbers.ts";
import { getMedia, postMedia } from "./control-media.ts";
import { postWebhook } from "./control-webhooks.ts";
import {
  changeCustomer,
  changePreference,
  postAccountEvent,
  postEcho,
  postNumberEvent,
  reviewTemplate,
  setClock,
} from "./control-events.ts";
import { customerInput, customerNamed, saveCustomer } from "./customer-directory.ts";
import { faultSettings } from "./faults.ts";
import { InvalidInput, readJson } from "./invalid-input.ts";
import { phoneReads, phoneReadsInput } from "./phone-reads.ts";
import { settings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";
import { templatesOf } from "./templates.ts";

type Act = (call: Call) => Response | Promise<Response>;

/** Every endpoint of the control API, in the order of the README. `:id` stands for one path segment. */
const ROUTES: Record<string, Act> = {
  "GET /health": ({ simulation }) => Response.json({ status: "ok", last_seq: simulation.ledger.last }),
  "GET /numbers": getNumbers,
  "POST /numbers": postNumbers,
  "POST /numbers/:id/echoes": postEcho,
  "POST /numbers/:id/events": postNumberEvent,
  "POST /accounts/:id/events": postAccountEvent,
  "POST /apps/:id/verify": verifyApp,
  "GET /customers": ({ simulation }) =>
    Response.json({ customers: [...simulation.world.customers.values()] }),
  "POST /customers": async ({ simulation, request }) =>
    Response.json({ customer: await saveCustomer(simulation, await readJson(request, customerInput)) }),
  "POST /customers/:id/messages": postMessage,
  "POST /customers/:id/read": async ({ simulation, request, id }) => {
    const customer = await customerNamed(simulation, id);
    await phoneReads(simulation, customer, await readJson(request, phoneReadsInput));
    return Response.json({ success: true });
  },
  "POST /customers/:id/change": changeCustomer,
  "POST /customers/:id/preferences": changePreference,
  "GET /templates": ({ simulation, url }) =>
    Response.json({ templates: templatesOf(simulation, url.searchParams.get("waba_id") ?? "") }),
  "POST /templates/:id/review": reviewTemplate,
  "POST /clock": setClock,
  "POST /batches": postBatch,
  "POST /messages/:id/redeliver": redeliver,
  "POST /webhooks": postWebhook,
  "GET /messages": answerMessages,
  "GET /chats": answerChats,
  "GET /ledger": answerLedger,
  "GET /events": async ({ simulation, url }) => {
    const customer = url.searchParams.get("customer");
    return simulation.events.open(customer ? (await customerNamed(simulation, customer)).id : undefined);
  },
  "POST /media": postMedia,
  "GET /media/:id": getMedia,
  "GET /faults": ({ simulation }) => Response.json(simulation.faults.settings),
  "POST /faults": async ({ simulation, request }) => {
    simulation.faults.change(await readJson(request, faultSettings.partial().strict()));
    return Response.json(simulation.faults.settings);
  },
  "DELETE /faults": ({ simulation }) => {
    simulation.faults.reset();
    return Response.json(simulation.faults.settings);
  },
  "GET /settings": ({ simulation }) => Response.json(simulation.settings()),
  "POST /settings": async ({ simulation, request }) => {
    simulation.change(await readJson(request, settings.partial().strict()));
    return Response.json(simulation.settings());
  },
};

/** Answers a call of `/_simulator/…`. Wrong input gets 4xx and `{"error": {"message": …}}`. */
export async function answerControl(simulation: Simulation, request: Request, url: URL): Promise<Response> {
  try {
    const [first = "", id = "", last] = url.pathname.split("/").slice(2).map(decodeSegment);
    const path = id === "" ? `/${first}` : last === undefined ? `/${first}/:id` : `/${first}/:id/${last}`;
    const act = ROUTES[`${request.method} ${path}`];
    if (!act) throw new InvalidInput(`${request.method} ${url.pathname} is not an endpoint`, 404);
    return await act({ simulation, request, url, id });
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return Response.json({ error: { message: error.message } }, { status: error.status });
  }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new InvalidInput("path: not valid percent-encoding");
  }
}
