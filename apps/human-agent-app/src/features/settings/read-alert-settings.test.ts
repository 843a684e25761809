import assert from "node:assert/strict";
import { readAlertSettings } from "./read-alert-settings.ts";

const defaults = {
  ladder_minutes: { agent: 2, next: 3, owner: 10 },
  due_soon_minutes: 2,
  rounds: 3,
  show_names: true,
  template: null,
};

Deno.test("readAlertSettings() fills in what a tenant does not say", () => {
  assert.deepEqual(readAlertSettings({}), defaults);
  assert.deepEqual(readAlertSettings({ alerts: { ladder_minutes: { next: 9 }, show_names: false } }), {
    ...defaults,
    ladder_minutes: { agent: 2, next: 9, owner: 10 },
    show_names: false,
  });
});
