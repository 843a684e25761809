import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** A secret as the database keeps it: AES-256-GCM, the 16 bytes of tag at the end of `ciphertext`. */
export interface SealedSecret {
  /** Which key of the ring sealed it. */
  keyId: string;
  /** 12 random bytes. */
  nonce: Uint8Array;
  ciphertext: Uint8Array;
}

/** The keys that this deployment knows. */
export interface SecretKeys {
  /** The id of the key that seals; every key opens. */
  current: string;
  byId: ReadonlyMap<string, Uint8Array>;
}

/** A sealed secret cannot be read: its key is unknown, it was changed, or it belongs to another row. */
export class SecretStaysSealed extends Error {
  override name = "SecretStaysSealed";
}

const keyBytes = 32;
/** The size that NIST SP 800-38D section 8.2 recommends for GCM. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Reads a ring of keys, `k2:<base64 of 32 bytes>,k1:…`; the first one is current. To rotate, put a new one in front and
 * seal the old rows again before the old key is taken away.
 *
 * @throws {Error} Naming the entry that is wrong, by its id or place, never by its key.
 */
export function readSecretKeys(text: string): SecretKeys {
  const byId = new Map<string, Uint8Array>();
  for (const [place, entry] of text.split(",").map((part) => part.trim()).entries()) {
    const [, id, encoded] = /^([a-z0-9_-]{1,32}):([A-Za-z0-9+/]+={0,2})$/.exec(entry) ?? [];
    if (!id || !encoded) {
      throw new Error(`Cannot read SECRETS_KEYS: entry ${place + 1} is not "<id>:<base64>"`);
    }
    const key = Buffer.from(encoded, "base64");
    if (key.length !== keyBytes) {
      throw new Error(`Cannot read SECRETS_KEYS: key "${id}" has ${key.length} bytes, not ${keyBytes}`);
    }
    if (byId.has(id)) throw new Error(`Cannot read SECRETS_KEYS: key "${id}" is there twice`);
    byId.set(id, key);
  }
  const [current] = byId.keys();
  if (!current) throw new Error("Cannot read SECRETS_KEYS: it is empty");
  return { current, byId };
}

/**
 * Seals a secret with the current key.
 *
 * @param context The row that will hold it, from {@linkcode metaAppContext} or {@linkcode channelSecretContext}: it is
 *   authenticated with the text, so the sealed value opens in that row only.
 */
export function seal(plaintext: string, keys: SecretKeys, context: string): SealedSecret {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(keys, keys.current), nonce);
  cipher.setAAD(Buffer.from(context, "utf8"));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { keyId: keys.current, nonce, ciphertext };
}

/**
 * Opens a sealed secret. Synchronous, so that it may stand between the statements of a transaction.
 *
 * @throws {SecretStaysSealed}
 */
export function open(sealed: SealedSecret, keys: SecretKeys, context: string): string {
  const key = keyOf(keys, sealed.keyId);
  const end = sealed.ciphertext.length - tagBytes;
  if (sealed.nonce.length !== nonceBytes || end < 0) {
    throw new SecretStaysSealed(`Cannot open secret of "${context}": it is cut short`);
  }
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(context, "utf8"));
    decipher.setAuthTag(sealed.ciphertext.subarray(end));
    const head = decipher.update(sealed.ciphertext.subarray(0, end));
    return Buffer.concat([head, decipher.final()]).toString("utf8");
  } catch (cause) {
    const message = `Cannot open secret of "${context}": it was changed or belongs to another row`;
    throw new SecretStaysSealed(message, { cause });
  }
}

/** The context of a column of `private.meta_apps`. */
export function metaAppContext(appId: string, column: "secret" | "verify_token"): string {
  return `meta_apps/${appId}/${column}`;
}

/** The context of a row of `private.channel_secrets`. */
export function channelSecretContext(configId: string, name: string): string {
  return `channel_secrets/${configId}/${name}`;
}

/** The context of a row of `private.tenant_secrets`. */
export function tenantSecretContext(tenantId: string, name: string): string {
  return `tenant_secrets/${tenantId}/${name}`;
}

/** What may be shown of a secret: its last four characters, or nothing when it is short enough to be guessed. */
export function lastFourOf(secret: string): string | null {
  return secret.length >= 16 ? secret.slice(-4) : null;
}

function keyOf(keys: SecretKeys, id: string): Uint8Array {
  const key = keys.byId.get(id);
  if (!key) throw new SecretStaysSealed(`Cannot use key "${id}": it is not in SECRETS_KEYS`);
  return key;
}
