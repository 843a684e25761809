/** A push service and the browser behind it, for tests. */
export {
  type PushServiceDouble,
  type ReceivedPush,
  startPushService,
} from "./src/testing/push-service-double.ts";
