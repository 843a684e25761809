import type { ContactIdentity, OutboundContent, Refusal } from "@app/contracts/mod.ts";
import type { Embedder, LanguageModel, Reply, Tools } from "@app/sales-engine/mod.ts";
import type { Files } from "../files.ts";
import type { Database, Tenant } from "../ports.ts";
import type { Timers } from "../wake/timers.ts";
import type { SendRates } from "./send-rates.ts";
import type { WorkSettings } from "./work-settings.ts";

/** A message on its way out. */
export interface OutgoingMessage {
  /** Our id; the channel has the provider echo it in every status. */
  id: string;
  /** An {@linkcode OutboundContent}, which the channel checks; its files are with the provider. */
  content: unknown;
  /** How the channel knows the person, the best first; never empty. */
  identities: ContactIdentity[];
  /** The provider's id of the message that this one answers. */
  replyTo?: string;
}

/** What one POST of one message came to. */
export type PostOutcome =
  | { kind: "accepted"; externalId: string }
  /** The provider said no: nothing was sent. */
  | Refusal & { kind: "refused"; code: number }
  /** Nobody knows whether it went out. */
  | { kind: "unknown"; why: string };

/** What a file is sent as. */
export type FileKind = "image" | "audio" | "video" | "document" | "sticker";

/** A file on its way to the provider. */
export interface FileToSend {
  bytes: Uint8Array<ArrayBuffer>;
  kind: FileKind;
  mimeType: string;
  fileName?: string;
}

/** One number of a tenant. */
export interface Channel {
  /**
   * POSTs one message, once.
   *
   * @throws {InvalidInput} If the content breaks a limit of the channel; its message tells which, and what is allowed.
   * @throws What else prevented the POST: nothing was sent. A POST that may have been received is an outcome, no error.
   */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<PostOutcome>;
  /**
   * Gives the provider a file to be sent.
   *
   * @returns The provider's id of it, and how long that can be used.
   * @throws {InvalidInput} If the channel takes no such file.
   * @throws {Unavailable} If the provider does not confirm.
   */
  uploadFile(file: FileToSend, signal: AbortSignal): Promise<{ externalId: string; goodForSeconds: number }>;
  /** Shows the person that their message was read and an answer is being written. Nothing depends on it. */
  showTyping(externalId: string, signal: AbortSignal): Promise<void>;
}

/** Opens the numbers of tenants. */
export interface Channels {
  /** @throws When the number has no usable token, or is not known. */
  open(tenant: Tenant, configId: string): Promise<Channel>;
}

/** Finds the model that a tenant has chosen. */
export interface Models {
  /**
   * @param isSaving Whether the cheaper model is wanted, where the tenant has named one.
   * @returns `null` when the tenant's choice cannot be used, such as without a key; a person answers then.
   */
  modelFor(
    tenant: Tenant,
    settings: Record<string, unknown>,
    isSaving: boolean,
  ): Promise<LanguageModel | null>;
}

/** Finds what compares texts for a tenant. */
export interface Embedders {
  /** @returns `null` when the tenant's choice cannot be used; then only the very same words are alike. */
  embedderFor(tenant: Tenant, settings: Record<string, unknown>): Promise<Embedder | null>;
}

/** Finds the tools that a tenant has defined. */
export interface ToolSets {
  /** Asked for turns of machines that list tools beside the built-in ones. */
  toolsFor(tenant: Tenant): Promise<Tools>;
}

/** What working through due work needs. */
export interface WorkPorts {
  database: Database;
  channels: Channels;
  files: Files;
  models: Models;
  embedders: Embedders;
  tools: ToolSets;
  /**
   * Writes a reply as the messages that the channel takes, within its limits and in order. Pure.
   *
   * @param language BCP 47: what the customer reads.
   */
  writeReply(reply: Reply, language: string): OutboundContent[];
  timers: Timers;
  settings: WorkSettings;
  rates: SendRates;
  /** Processor time of the process in milliseconds; absent where the host does not tell. */
  cpuMs?(): number;
  /** Tells operations what was done: one event per turn and send. Ids, codes and durations only. */
  note?(event: string, fields: Record<string, string | number | undefined>): void;
  /** Tells operations what went wrong; ids, codes and counts only. */
  report(event: string, error: unknown, fields?: Record<string, string | number>): void;
}
