import assert from "node:assert/strict";
import { chatLabels } from "@app/ui/mod.ts";
import { dueText } from "./due-text.ts";

const now = new Date(2026, 10, 30, 12);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

Deno.test("dueText() names the day of what is not due today", () => {
  const labels = chatLabels.en;
  assert.match(dueText(at(30, 9), labels, now), /^Today, 09:00$/);
  assert.match(dueText(at(31, 9), labels, now), /^Tue.*1.*, 09:00$/);
});
