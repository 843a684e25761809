/** A worker, and a provider that notes what it is sent. */
import { whatsappRates, writeReply } from "@app/channels/mod.ts";
import {
  type Channel,
  defaultWorkSettings,
  type Files,
  type FileToSend,
  type OutgoingMessage,
  type PostOutcome,
  processDueWork,
  type Run,
  type SendRates,
  systemTimers,
  type ToolSets,
  type WorkPorts,
  type WorkSettings,
} from "@app/conversations/mod.ts";
import { offlineEmbedder } from "@app/models/mod.ts";
import type { Embedder, LanguageModel } from "@app/sales-engine/mod.ts";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import type { OpenDatabase } from "../../_shared/database.ts";
import { memoryFiles } from "./memory-files.ts";

/** What a worker's test wants to be different. */
export interface WorkerChanges {
  model?: LanguageModel | null;
  /** Default: finding some is an error. */
  tools?: ToolSets;
  /** Default: the same. */
  smallerModel?: LanguageModel;
  /** Default: the offline one. */
  embedder?: Embedder | null;
  settings?: Partial<WorkSettings>;
  rates?: Partial<SendRates>;
  files?: Files;
  upload?: (
    file: FileToSend,
  ) => Promise<{ externalId: string; goodForSeconds: number }>;
  post?: (
    message: OutgoingMessage,
    signal: AbortSignal,
  ) => Promise<PostOutcome> | PostOutcome;
}

/** A worker and its witness. */
export interface TestWorker {
  ports: WorkPorts;
  /** Every POST, in order. */
  posts: OutgoingMessage[];
  /** Every file that was given to the provider, in order. */
  uploads: FileToSend[];
  /** Provider ids of messages that were shown as read. */
  typed: string[];
  /** What was reported to operations. */
  reports: string[];
  start(): Run;
  /** Works until nothing is due and everything has ended. */
  run(): Promise<void>;
}

let accepted = 0;
let uploaded = 0;

/** Makes the ports of a worker; all messages are accepted and all turns say hello unless told otherwise. */
export function makeWorker(
  database: OpenDatabase,
  changes: WorkerChanges = {},
): TestWorker {
  const posts: OutgoingMessage[] = [];
  const uploads: FileToSend[] = [];
  const typed: string[] = [];
  const reports: string[] = [];
  const channel: Channel = {
    async send(message, signal) {
      posts.push(message);
      return await changes.post?.(message, signal) ?? accept();
    },
    async uploadFile(file) {
      uploads.push(file);
      return await changes.upload?.(file) ??
        { externalId: `upload${++uploaded}`, goodForSeconds: 86_400 };
    },
    showTyping: (externalId) => Promise.resolve(void typed.push(externalId)),
  };
  const model = changes.model === undefined ? scriptedModel(buildProposal()) : changes.model;
  const ports: WorkPorts = {
    database,
    channels: { open: () => Promise.resolve(channel) },
    files: changes.files ?? memoryFiles(),
    models: {
      modelFor: (_tenant, _settings, isSaving) =>
        Promise.resolve(isSaving ? changes.smallerModel ?? model : model),
    },
    embedders: {
      embedderFor: () =>
        Promise.resolve(
          changes.embedder === undefined ? offlineEmbedder() : changes.embedder,
        ),
    },
    tools: changes.tools ??
      {
        toolsFor: () => Promise.reject(new Error("Cannot find tools: the test gave none")),
      },
    writeReply,
    rates: { ...whatsappRates, ...changes.rates },
    timers: systemTimers,
    settings: { ...defaultWorkSettings, ...changes.settings },
    report: (event, error) =>
      void reports.push(
        `${event}: ${error instanceof Error ? error.message : error}`,
      ),
  };
  const start = () => processDueWork(ports);
  return {
    ports,
    posts,
    uploads,
    typed,
    reports,
    start,
    async run() {
      const run = start();
      await run.claimed;
      await run.finished;
    },
  };
}

/** The provider takes the message. */
export function accept(): PostOutcome {
  return { kind: "accepted", externalId: `wamid.out${++accepted}` };
}
