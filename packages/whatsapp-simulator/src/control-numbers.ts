import type { Call } from "./call.ts";
import { InvalidInput, readJson } from "./invalid-input.ts";
import { registration } from "./registry.ts";
import { verifyWebhook } from "./verify-webhook.ts";

/** `GET /_simulator/numbers`: the numbers that customers can write to, without secrets. */
export function getNumbers({ simulation }: Call): Response {
  const numbers = [...simulation.registry.numbers.values()].map((number) => ({
    phone_number_id: number.phone_number_id,
    waba_id: number.waba_id,
    app_id: number.app_id,
    display_phone_number: number.display_phone_number,
    name: number.name,
  }));
  return Response.json({ numbers });
}

/** `POST /_simulator/numbers`: adds or replaces apps and numbers. */
export async function postNumbers(call: Call): Promise<Response> {
  await call.simulation.registry.register(await readJson(call.request, registration));
  return getNumbers(call);
}

/** `POST /_simulator/apps/{app_id}/verify`: makes the verification call to the app's webhook and tells what came of it. */
export async function verifyApp({ simulation, id }: Call): Promise<Response> {
  const app = simulation.registry.apps.get(id);
  if (!app) throw new InvalidInput(`app_id: "${id}" is not registered`, 404);
  return Response.json(await verifyWebhook(app));
}
