/**
 * A worker in a process of its own that a test stops between its claim and its POST: it says "claimed" once it holds the
 * message, and goes on half a second later. What it posts, it says too.
 *
 * Arguments: database URL, send deadline in seconds, port of the provider.
 */
import { whatsappRates, writeReply } from "@app/channels/mod.ts";
import { defaultWorkSettings, processDueWork, systemTimers } from "@app/conversations/mod.ts";
import { openDatabase } from "../../_shared/database.ts";
import { memoryFiles } from "../testing.ts";

const [url = "", deadline = "1", provider = ""] = Deno.args;
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
  models: { modelFor: () => Promise.resolve(null) },
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
  },
  report: (event) => console.log(event),
});
await run.finished;
console.log("ended");
await database.close();
