/** What functions and apps say to each other: zod schemas, and the types made from them. */
export * from "./src/account-event.ts";
export * from "./src/channel-notices.ts";
export * from "./src/coexistence.ts";
export * from "./src/contact-identity.ts";
export * from "./src/errors.ts";
export type { Database as ApiDatabase } from "./src/generated/database.ts";
export * from "./src/human-message.ts";
export * from "./src/inbound.ts";
export * from "./src/message-marks.ts";
export * from "./src/message-parts.ts";
export * from "./src/message-types.ts";
export * from "./src/outbound.ts";
export * from "./src/push-notice.ts";
export * from "./src/refusal.ts";
export * from "./src/remote-media.ts";
