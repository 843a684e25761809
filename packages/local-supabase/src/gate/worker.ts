/** The thread in which PGlite and its gate live, so that a long statement does not stop the rest of the platform. */
import { openPglite } from "./open-pglite.ts";
import { type Gate, startGate } from "./pglite-gate.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

declare const self: {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: FromWorker): void;
};

let gate: Gate | undefined;

self.onmessage = async ({ data }) => {
  try {
    if (data.kind === "create") {
      await (await openPglite(data.folder)).close();
      self.postMessage({ kind: "created" });
    } else if (data.kind === "start") {
      const database = await openPglite(data.folder);
      gate = await startGate(database, {
        port: data.port,
        onBroken: (error) => self.postMessage({ kind: "broken", message: error.message }),
      });
      self.postMessage({ kind: "started", port: gate.port });
    } else {
      await gate?.stop();
      self.postMessage({ kind: "stopped" });
    }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    self.postMessage({ kind: "failed", name, message });
  }
};
