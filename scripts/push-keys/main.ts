/** Prints a new pair as lines for `.env.production`. */
import { makePushKeys } from "@app/push/mod.ts";

const { publicKey, privateKey } = makePushKeys();
console.log(`VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}`);
