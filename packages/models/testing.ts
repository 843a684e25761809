/** For tests and runs without providers: servers on this machine that speak their wire formats, and misbehave. */
export * from "./src/doubles/fault.ts";
export * from "./src/doubles/start-provider-double.ts";
export * from "./src/doubles/embeddings/start-embeddings-double.ts";
