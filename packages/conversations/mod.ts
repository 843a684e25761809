/** The use cases: receive, wake, take a turn, deliver, hand over; and the ports that they need. */
export * from "./src/ports.ts";
export * from "./src/wake/create-waker.ts";
export * from "./src/wake/timers.ts";
export * from "./src/receive/receive-deliveries.ts";
export * from "./src/receive/receive-ports.ts";
export * from "./src/receive/replay-failed-webhooks.ts";
export * from "./src/turns/machines.ts";
export * from "./src/turns/work-ports.ts";
export * from "./src/turns/work-settings.ts";
export * from "./src/wake/process-due-work.ts";
export * from "./src/jobs/channel-jobs.ts";
export * from "./src/jobs/job.ts";
export * from "./src/jobs/plan-recurring-jobs.ts";
export * from "./src/jobs/run-jobs.ts";
export * from "./src/jobs/sweeps.ts";
