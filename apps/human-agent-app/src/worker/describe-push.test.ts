import assert from "node:assert/strict";
import { describePush } from "./describe-push.ts";
import { readPush } from "./read-push.ts";

const request = {
  kind: "request",
  language: "es",
  slug: "carton",
  session_id: "0b6c1a52-0000-4000-8000-000000000001",
  name: "Ana Rojas",
  category: "asked_for_person",
  urgency: "normal",
  receipt: {
    tenant_id: "0b6c1a52-0000-4000-8000-000000000002",
    token: "0b6c1a52-0000-4000-8000-000000000003",
  },
};
const told = (push: unknown) => describePush(readPush(JSON.stringify(push)));

Deno.test("describePush() says who and why in the device's language, and leads to the conversation", () => {
  assert.deepEqual(told(request), {
    title: "Ana Rojas espera a una persona",
    body: "Pidió hablar con una persona",
    tag: request.session_id,
    path: `/t/carton/c/${request.session_id}`,
  });
  assert.equal(
    told({ ...request, language: "en", kind: "due_soon", name: null }).title,
    "A contact still waits: soon it is late",
  );
  assert.equal(told({ ...request, language: "pt", category: "unheard_of" }).body, "O bot pede uma pessoa");
  const { kind: _, category: _none, urgency: _low, receipt: _no, ...deed } = request;
  assert.deepEqual(told({ ...deed, kind: "assigned" }), {
    title: "Te dieron la conversación con Ana Rojas",
    body: "Ahora la llevas tú",
    tag: request.session_id,
    path: `/t/carton/c/${request.session_id}`,
  });
  assert.equal(
    told({ ...deed, kind: "handed_back", language: "en", name: null }).title,
    "The bot goes on with A contact",
  );
  assert.equal(told({ kind: "trial", language: "en", slug: "carton" }).path, "/t/carton/settings");
});

Deno.test("what cannot be read is shown without a word of it, and leads nowhere but to the app", () => {
  const unknown = describePush(undefined);
  assert.equal(unknown.path, "/");
  for (
    const push of [
      "x",
      null,
      { ...request, kind: "later" },
      { ...request, slug: "../../evil" },
      { ...request, session_id: "https://evil.test" },
      { ...request, language: "xx" },
      { ...request, name: 7 },
    ]
  ) assert.deepEqual(told(push), unknown);
  assert.deepEqual(describePush(readPush("{")), unknown);
});
