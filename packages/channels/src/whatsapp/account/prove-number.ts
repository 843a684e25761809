import { InvalidInput, Unavailable } from "@app/contracts/mod.ts";
import { z } from "zod";
import { askGraph, graphRefusal } from "../ask-graph.ts";
import { type GraphConnection, graphId, requestGraph } from "../graph-request.ts";
import { graphFailure, type ProviderReply } from "../read-send-reply.ts";

/** What Graph says about a number to who controls it. */
export interface ProvenNumber {
  /** As people write it, with country code. */
  displayPhoneNumber: string;
  /** The business's name that customers see; absent while Meta has not approved one. */
  verifiedName?: string;
  /** Its owner uses it in the phone app as well, which limits what it may send a second. */
  isCoexistence: boolean;
  /** The Meta apps that receive the account's webhooks, ours among them when it is one of {@linkcode appIds}. */
  appIds: string[];
}

const number = z.object({
  id: z.string(),
  display_phone_number: z.string().min(3).max(40),
  verified_name: z.string().max(200).optional(),
  is_on_biz_app: z.boolean().optional(),
  platform_type: z.string().optional(),
});
const fields = Object.keys(number.shape).join();
const numbers = z.object({ data: z.array(z.object({ id: z.string() })) });
const apps = z.object({
  data: z.array(z.object({ whatsapp_business_api_data: z.object({ id: z.string() }) })),
});

/**
 * Proves that a token controls a number: reads the number with it, finds it in the WhatsApp Business account, and
 * subscribes the token's app to that account's webhooks.
 *
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps/
 * @see https://developers.facebook.com/docs/whatsapp/embedded-signup/custom-flows/onboarding-business-app-users
 * @throws {InvalidInput} Saying what is wrong: the token, the number, the account, or a missing permission.
 * @throws {Unavailable} When Graph does not answer, or not as it should; later it may.
 */
export async function proveNumber(
  connection: GraphConnection,
  wabaId: string,
  signal: AbortSignal,
): Promise<ProvenNumber> {
  const { phoneNumberId } = connection;
  const ask = async <T>(what: string, shape: z.ZodType<T>, path: string, body?: unknown): Promise<T> => {
    const action = `connect number "${phoneNumberId}"`;
    const reply = await askGraph(action, () => requestGraph(connection, path, signal, body));
    if (reply.status !== 200) throw refusal(action, what, reply);
    const parsed = shape.safeParse(reply.body);
    if (parsed.success) return parsed.data;
    throw new Unavailable(`Cannot ${action}: Graph's answer about ${what} is not as documented`);
  };
  const id = graphId(phoneNumberId);
  const account = graphId(wabaId);
  const found = await ask("the number", number, `${id}?fields=${fields}`);
  const listed = await ask("the account", numbers, `${account}/phone_numbers?fields=id&limit=200`);
  if (found.id !== phoneNumberId || !listed.data.some((each) => each.id === phoneNumberId)) {
    throw new InvalidInput(
      `Cannot connect number "${phoneNumberId}": it is not in WhatsApp Business account "${wabaId}"`,
    );
  }
  await ask("the account", z.object({ success: z.literal(true) }), `${account}/subscribed_apps`, {});
  const subscribed = await ask("the account", apps, `${account}/subscribed_apps`);
  return {
    displayPhoneNumber: found.display_phone_number,
    ...(found.verified_name !== undefined && { verifiedName: found.verified_name }),
    // Without an answer it is an ordinary number: the provider's own refusals slow it down if it is not.
    isCoexistence: found.is_on_biz_app === true && found.platform_type === "CLOUD_API",
    appIds: subscribed.data.map((each) => each.whatsapp_business_api_data.id),
  };
}

/** Codes: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
function refusal(action: string, what: string, reply: ProviderReply): InvalidInput | Unavailable {
  const failure = graphFailure.safeParse(reply.body);
  const code = failure.success ? failure.data.error.code : undefined;
  if (code === 190 || code === 0 || code === 102) {
    return new InvalidInput(`Cannot ${action}: the access token is not valid or has expired`);
  }
  if (code === 100 || code === 33) {
    return new InvalidInput(`Cannot ${action}: this token reaches nothing of ${what}, or it does not exist`);
  }
  if (code === 10 || code === 3 || (code !== undefined && code >= 200 && code <= 299)) {
    return new InvalidInput(
      `Cannot ${action}: the token lacks the permission whatsapp_business_management or whatsapp_business_messaging`,
    );
  }
  const other = graphRefusal(action, reply);
  return other instanceof Unavailable ? other : new InvalidInput(other.message);
}
