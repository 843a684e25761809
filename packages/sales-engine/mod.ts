/** The engine: a machine that a tenant drew, a snapshot of a conversation, and one decision at a time. Pure. */

// Playing a turn.
export * from "./src/interpret-proposal.ts";
export * from "./src/run-turn.ts";
export * from "./src/snapshot.ts";
export * from "./src/turn-result.ts";
export * from "./src/effect.ts";
export { giveUp } from "./src/turn/turn-without-model.ts";

// Giving a conversation back.
export { findPromises, type PromiseProposal } from "./src/hand-back/find-promises.ts";
export * from "./src/hand-back/propose-hand-back.ts";

// Checking a machine before it speaks.
export * from "./src/verify/finding.ts";
export { type KnownParts } from "./src/verify/find-missing-parts.ts";
export { isPublishable, verifyMachine } from "./src/verify/verify-machine.ts";

// Tools.
export * from "./src/clock.ts";
export * from "./src/tools/ports.ts";
export { type ToolPorts } from "./src/tools/list-tools.ts";
export { builtInToolNames } from "./src/tools/built-in-tools.ts";

// Deciding, and deciding again.
export * from "./src/decide/approved-answers.ts";
export * from "./src/decide/choose-approved.ts";
export * from "./src/decide/decide.ts";
export * from "./src/decide/decision-table.ts";
export * from "./src/decide/recompute-decision.ts";
export * from "./src/decide/signal.ts";
export * from "./src/settings/engine-settings.ts";
export * from "./src/settings/find-opening.ts";
export * from "./src/settings/invalid-settings.ts";
export * from "./src/settings/office-hours.ts";
export {
  defaultSettings,
  parseSettings,
  settingsJsonSchema,
  settingsOf,
} from "./src/settings/read-settings.ts";

// Reading and asking a machine.
export type { Problem } from "./src/describe-issues.ts";
export * from "./src/invalid-machine.ts";
export * from "./src/localized-text.ts";
export * from "./src/machine-definition.ts";
export * from "./src/parse-machine.ts";
export * from "./src/state-machine.ts";

// Being a language model.
export * from "./src/describe-message.ts";
export * from "./src/embedder.ts";
export * from "./src/find-person-request.ts";
export * from "./src/language-model.ts";
export * from "./src/local-time.ts";
export * from "./src/plain-words.ts";
export * from "./src/proposal.ts";
export * from "./src/safe-texts.ts";
export * from "./src/show-value.ts";
export * from "./src/spent-on.ts";
export * from "./src/tool-calls.ts";
export * from "./src/validate-field.ts";
