/** The double of a push service as a process of its own, for stories in a browser: prints its address and waits. */
import { startPushService } from "./src/testing/push-service-double.ts";

const double = startPushService(Number(Deno.args[0] ?? 0));
console.log(double.origin);
