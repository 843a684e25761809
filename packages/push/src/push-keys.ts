import webpush from "web-push";

/**
 * The key pair by which push services know the deployment (VAPID, RFC 8292). Browsers subscribe with the public half, so
 * a new pair means that every device has to be switched on again.
 */
export interface PushKeys {
  /** 65 bytes, an uncompressed P-256 point, in base64url. */
  publicKey: string;
  /** 32 bytes in base64url. */
  privateKey: string;
}

/** Makes a new pair. */
export function makePushKeys(): PushKeys {
  return webpush.generateVAPIDKeys();
}
