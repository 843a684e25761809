/** Web Push: encrypts a notification for one browser, signs it as the deployment's and posts it to the push service. */
export { openWebPush, type WebPush, type WebPushOptions } from "./src/open-web-push.ts";
export { makePushKeys, type PushKeys } from "./src/push-keys.ts";
