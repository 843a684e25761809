/** WhatsApp deliveries as Meta sends them, for tests. Written from Meta's documents, not from our reader. */
export * from "./src/testing/customers.ts";
export * from "./src/testing/deliveries.ts";
export * from "./src/testing/hostile-json.ts";
export * from "./src/testing/messages.ts";
export * from "./src/testing/sign-body.ts";
export * from "./src/testing/statuses.ts";
