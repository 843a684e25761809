/** What the platform asks of the thread of PGlite. `folder` absent means in memory, `port` absent a free one. */
export type ToWorker =
  | { kind: "create"; folder: string }
  | { kind: "start"; folder?: string; port?: number }
  | { kind: "stop" };

/** What the thread of PGlite tells. */
export type FromWorker =
  | { kind: "created" }
  | { kind: "started"; port: number }
  | { kind: "stopped" }
  | { kind: "broken"; message: string }
  | { kind: "failed"; name: string; message: string };
