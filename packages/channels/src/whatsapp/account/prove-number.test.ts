import assert from "node:assert/strict";
import { InvalidInput, Unavailable } from "@app/contracts/mod.ts";
import { proveNumber } from "./prove-number.ts";

const token = "EAAG-a-secret-token";

/** Graph with scripted answers by method and path; notes what it was asked. */
function graph(answers: Record<string, [status: number, body: unknown]>) {
  const asked: string[] = [];
  const connection = {
    baseUrl: "https://graph.test",
    version: "v26.0",
    phoneNumberId: "777",
    accessToken: token,
    fetch: ((input: string, init?: RequestInit) => {
      const { pathname } = new URL(input);
      const call = `${init?.method ?? "GET"} ${pathname.replace("/v26.0/", "")}`;
      assert.equal(new Headers(init?.headers).get("authorization"), `Bearer ${token}`);
      asked.push(call);
      const [status, body] = answers[call] ?? [404, {}];
      return Promise.resolve(Response.json(body, { status }));
    }) as typeof fetch,
  };
  return { asked, prove: () => proveNumber(connection, "300", AbortSignal.timeout(5_000)) };
}

const error = (code: number) => ({ error: { code, message: `quotes ${token}`, type: "OAuthException" } });
const good: Record<string, [number, unknown]> = {
  "GET 777": [200, { id: "777", display_phone_number: "+591 2 200 0001", verified_name: "Cajas" }],
  "GET 300/phone_numbers": [200, { data: [{ id: "776" }, { id: "777" }] }],
  "POST 300/subscribed_apps": [200, { success: true }],
  "GET 300/subscribed_apps": [200, { data: [{ whatsapp_business_api_data: { id: "100", name: "Ours" } }] }],
};

Deno.test("proveNumber() reads the number, finds it in the account and subscribes to its webhooks", async () => {
  const { asked, prove } = graph(good);
  assert.deepEqual(await prove(), {
    displayPhoneNumber: "+591 2 200 0001",
    verifiedName: "Cajas",
    isCoexistence: false,
    appIds: ["100"],
  });
  assert.deepEqual(asked, Object.keys(good));
});

Deno.test("proveNumber() tells a number that is used in the phone app too", async () => {
  for (
    const [more, isCoexistence] of [
      [{ is_on_biz_app: true, platform_type: "CLOUD_API" }, true],
      [{ is_on_biz_app: true, platform_type: "NOT_APPLICABLE" }, false],
      [{ is_on_biz_app: false, platform_type: "CLOUD_API" }, false],
    ] as const
  ) {
    const { prove } = graph({
      ...good,
      "GET 777": [200, { id: "777", display_phone_number: "+591 2", ...more }],
    });
    assert.equal((await prove()).isCoexistence, isCoexistence);
  }
});

const refusals: [string, Record<string, [number, unknown]>, RegExp][] = [
  ["a wrong token", { "GET 777": [401, error(190)] }, /token is not valid or has expired/],
  ["a foreign number", { "GET 777": [400, error(100)] }, /reaches nothing of the number/],
  ["a foreign account", { "GET 300/phone_numbers": [400, error(100)] }, /reaches nothing of the account/],
  ["a missing permission", { "POST 300/subscribed_apps": [403, error(200)] }, /lacks the permission/],
  [
    "a number of another account",
    { "GET 300/phone_numbers": [200, { data: [{ id: "776" }] }] },
    /is not in WhatsApp/,
  ],
];
for (const [name, change, message] of refusals) {
  Deno.test(`proveNumber() refuses ${name} in words of its own, and subscribes to nothing`, async () => {
    const { asked, prove } = graph({ ...good, ...change });
    await assert.rejects(prove(), (thrown) => {
      assert.ok(thrown instanceof InvalidInput, String(thrown));
      assert.match(thrown.message, message);
      return !thrown.message.includes(token);
    });
    assert.ok(!asked.includes("GET 300/subscribed_apps"));
  });
}

Deno.test("proveNumber() says when to try again later", async () => {
  for (const answer of [[500, error(2)], [502, "<html>"], [200, { id: 7 }]] as [number, unknown][]) {
    await assert.rejects(graph({ ...good, "GET 777": answer }).prove(), Unavailable);
  }
});
