import assert from "node:assert/strict";
import { changeBody, encodeBody } from "@app/channels/testing.ts";
import type { AccountEvent } from "@app/contracts/mod.ts";
import { recordedEvents } from "../../testing/recorded.ts";
import { readWebhook } from "../read-webhook.ts";

const now = new Date("2026-11-21T12:00:00.000Z");

Deno.test("readWebhook() reads what becomes of templates", async () => {
  const events = (await recordedEvents("template-events", now)).map(withoutHead);
  const template = { templateId: "1689556908129832", name: "order_ready", language: "en_US" };
  assert.deepEqual(events, [
    {
      about: "template_status",
      ...template,
      event: "REJECTED",
      reason: "TAG_CONTENT_MISMATCH",
      category: "UTILITY",
    },
    {
      about: "template_status",
      templateId: "1689556908129833",
      name: "pedido_listo",
      language: "es_MX",
      event: "APPROVED",
    },
    { about: "template_quality", ...template, previous: "GREEN", current: "YELLOW" },
    { about: "template_category", ...template, current: "UTILITY", announced: "MARKETING" },
    {
      about: "template_components",
      ...template,
      headerText: "Your order",
      bodyText: "Order {{1}} is ready",
      footerText: "Reply STOP to opt out",
    },
  ]);
});

Deno.test("readWebhook() reads what happens to accounts and their numbers", async () => {
  const events = (await recordedEvents("account-events", now)).map(withoutHead);
  const displayPhone = "15550783881";
  assert.deepEqual(events, [
    {
      about: "account",
      event: "ACCOUNT_RESTRICTION",
      restrictions: [
        { type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiresAt: "1795862507" },
        { type: "RESTRICTED_ADD_PHONE_NUMBER_ACTION", expiresAt: "1795862507" },
      ],
    },
    { about: "account", event: "DISABLED_UPDATE", banState: "SCHEDULE_FOR_DISABLE" },
    { about: "account", event: "ACCOUNT_VIOLATION", violation: "ADULT" },
    { about: "account", event: "PARTNER_REMOVED", disconnectReason: "ACCOUNT_DISCONNECTED" },
    { about: "phone_quality", displayPhone, event: "ONBOARDING", limit: "TIER_2K" },
    {
      about: "phone_name",
      displayPhone,
      decision: "REJECTED",
      requestedName: "Cajas Norte",
      reason: "NAME_EMPLOYEE_ISSUE",
    },
    { about: "capability", dailyLimit: "TIER_10K", maxPhoneNumbers: 25 },
    {
      about: "alert",
      severity: "WARNING",
      type: "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
      description: "Your business is not yet eligible for a higher messaging limit.",
      entityType: "BUSINESS",
      entityId: "506914307656634",
    },
    { about: "security", displayPhone, event: "PIN_RESET_REQUEST", requester: "61555822107539" },
    { about: "username", displayPhone, username: "cajas.norte", status: "approved" },
    { about: "other", field: "payment_configuration_update" },
  ]);
});

Deno.test("readWebhook() routes accounts by their id, and gives one event one id", () => {
  const [first, again, other] = ["1", "1", "2"].map((accountId) =>
    readWebhook(encodeBody(changeBody("account_update", { event: "ACCOUNT_DELETED" }, accountId)), now)
      .accounts[0]
  );
  assert.deepEqual([first?.accountId, other?.accountId], ["1", "2"]);
  assert.equal(first?.events[0]?.externalId, again?.events[0]?.externalId);
  assert.notEqual(first?.events[0]?.externalId, other?.events[0]?.externalId);
});

Deno.test("readWebhook() keeps account fields that are not what they should be", () => {
  for (const value of [null, "x", 5, [], {}, { event: {} }]) {
    const { accounts: [account] } = readWebhook(encodeBody(changeBody("account_update", value)), now);
    assert.deepEqual(account?.events.map(({ about }) => about), ["other"]);
  }
});

function withoutHead({ kind: _kind, externalId, timestamp, body: _body, ...fields }: AccountEvent) {
  assert.match(externalId, /^[0-9a-f]{64}$/);
  assert.match(timestamp, /^2026-11-21T10:42:0/);
  return fields;
}
