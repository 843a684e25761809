/**
 * A worker in a process of its own that a test stops: it says "claimed" once it holds a message to send, and "asked" once
 * its model has read the customer, and goes on half a second later. What became of its work, it says too.
 *
 * Arguments: database URL, send deadline in seconds, port of the provider, lease in seconds.
 */
import { whatsappRates, writeReply } from "@app/channels/mod.ts";
import { defaultWorkSettings, processDueWork, systemTimers } from "@app/conversations/mod.ts";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { openDatabase } from "../../_shared/database.ts";
import { memoryFiles } from "./memory-files.ts";

const [url = "", deadline = "1", provider = "", lease = ""] = Deno.args;
const model = scriptedModel(async () => {
  console.log("asked");
  await new Promise((resolve) => setTimeout(resolve, 500));
  return buildProposal({ replies: [{ text: "de quien estuvo congelado", buttons: [] }] });
});
const database = openDatabase({ url, poolSize: 1, prepare: true });
const run = processDueWork({
  database,
  files: memoryFiles(),
  channels: {
    async open() {
      console.log("claimed");
      await new Promise((resolve) => setTimeout(resolve, 500));
      return {
        async send(_message, signal) {
          await fetch(`http://127.0.0.1:${provider}/`, {
            method: "POST",
            signal,
          });
          return { kind: "accepted", externalId: "wamid.frozen" };
        },
        uploadFile: () => Promise.reject(new Error("There is no file here")),
        showTyping: () => Promise.resolve(),
      };
    },
  },
  models: { modelFor: () => Promise.resolve(model) },
  embedders: { embedderFor: () => Promise.resolve(null) },
  tools: {
    toolsFor: () => Promise.reject(new Error("There are no tools here")),
  },
  writeReply,
  rates: whatsappRates,
  timers: systemTimers,
  settings: {
    ...defaultWorkSettings,
    sendDeadlineSeconds: Number(deadline),
    claimForMs: 0,
    ...(lease && { leaseSeconds: Number(lease) }),
  },
  report: (event) => console.log(event),
  note: (event, { outcome }) => console.log(`${event} ${outcome}`),
});
await run.finished;
console.log("ended");
await database.close();
