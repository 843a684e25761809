/** What functions and apps say to each other: zod schemas, and the types made from them. */
export * from "./src/errors.ts";
export * from "./src/inbound.ts";
export * from "./src/message-types.ts";
export * from "./src/outbound.ts";
