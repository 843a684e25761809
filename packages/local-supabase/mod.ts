/** The whole of Supabase that the product uses, on one machine, without Docker. For laptops, tests and demos. */
export { CannotStart } from "./src/cannot-start.ts";
export { type Platform, type PlatformOptions, startPlatform } from "./src/platform.ts";
export type { Status } from "./src/status.ts";
