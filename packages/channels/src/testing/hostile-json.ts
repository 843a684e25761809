import fc from "fast-check";

/** Strings with NUL, lone surrogates, invisible and very long parts, and words that break naive programs. */
export const hostileString: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: fc.string() },
  {
    weight: 10,
    arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  },
  {
    weight: 10,
    arbitrary: fc.constantFrom(
      "",
      "\0",
      "\ud800",
      "\udc00\ud800",
      "\u202Eevil",
      "9".repeat(400),
      "-1",
      "é\\u0000",
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(199, 501, 4097, 65_537).map((length) => "a🍕".repeat(length)) },
);

const hostileNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(-0, Number.MAX_VALUE, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER + 2, 1e21),
);

/** Words that deliveries use as keys and types, so that chance builds things that are nearly right. */
const vocabulary = fc.constantFrom(
  ..."id type text body from from_user_id user_id wa_id timestamp profile name image audio interactive button_reply"
    .split(" "),
  ..."list_reply nfm_reply response_json title location latitude longitude contacts phones order product_items system"
    .split(" "),
  ..."previous_user_id reaction message_id emoji context referral errors code status pricing group_id edit message"
    .split(" "),
  ..."call_permission_reply response expiration_timestamp original_message_id wa_id recipient_id threads history_context"
    .split(" "),
  ..."action contact phone_number full_name value category direction restriction_type frequently_forwarded item_price"
    .split(" "),
  "__proto__",
  "constructor",
  "toString",
);

const leaf = fc.oneof(
  hostileString,
  hostileNumber,
  vocabulary,
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    "5215512345678",
    "US.1349",
    "1795257600",
    "wamid.x",
    "sent",
    "failed",
    "button_reply",
    "accept",
    "add",
    "stop",
    "{}",
  ),
);

/** Any JSON value, more often than chance would have it with the words of a delivery. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, leaf, tie("object"), tie("list")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.array(fc.tuple(fc.oneof(vocabulary, fc.string()), tie("value")), { maxLength: 6 })
    // Unlike assignment, this makes a key of `__proto__`, as JSON.parse does.
    .map((entries) => Object.fromEntries(entries)),
})).value;

/**
 * A valid JSON text of which one value, anywhere, is another.
 *
 * @param bodies What to start from.
 */
export function mutated(bodies: readonly unknown[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...bodies), fc.nat(), hostileJson).map(([body, choice, value]) => {
    const count = countValues(body);
    const target = choice % count;
    let index = 0;
    return JSON.stringify(body, (_key, original: unknown) => index++ === target ? value : original);
  });
}

function countValues(body: unknown): number {
  let count = 0;
  JSON.stringify(body, (_key, value: unknown) => {
    count += 1;
    return value;
  });
  return count;
}
