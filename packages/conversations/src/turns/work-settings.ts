import type { SendRates } from "./send-rates.ts";

/** Limits of turns and deliveries. Times are in seconds unless the name says otherwise; tests use 1 to 2. */
export interface WorkSettings {
  /** How long a claim is the worker's own unless it renews, which it does every third of it. Default 50. */
  leaseSeconds: number;
  /** After this a turn has failed and a person is called. Default 90. */
  turnDeadlineSeconds: number;
  /** How often newer messages may supersede a turn before it commits for what it read. Default 2. */
  supersedeLimit: number;
  /** The same, in seconds since the first unanswered message. Default 45. */
  supersedeMaxSeconds: number;
  /** How long a POST may take; its message is leased a third longer. Default 15. */
  sendDeadlineSeconds: number;
  /** How long an unanswered POST waits for a status before it is sent once more or a person is told. Default 120. */
  silenceSeconds: number;
  /** How often a session that waits for a status is looked at. Default 5. */
  pollSeconds: number;
  /** The first pause after a failed turn or a refused POST; the next are longer. Default 1. */
  backoffSeconds: number;
  /** Failed tries of a turn before a person is called. Default 5. */
  maxAttempts: number;
  /** Refusals of one message before it has failed; Meta asks for about five. Default 5. */
  refusalLimit: number;
  /** How many earlier messages a turn reads. Default 30. */
  historyLimit: number;
  /** Sessions that one run works on at a time. Default 512. */
  maxInFlight: number;
  /** Transactions that one run has open at a time; at most as many as there are connections. Default 2. */
  maxTransactions: number;
  /** A run stops claiming after this many milliseconds; hosts end isolates at 150 s. Default 100,000. */
  claimForMs: number;
  /** A run stops claiming after this much processor time; hosts allow 2 s a request. Default 1,000. */
  claimCpuMs: number;
}

/** The settings of production. */
export const defaultWorkSettings: WorkSettings = {
  leaseSeconds: 50,
  turnDeadlineSeconds: 90,
  supersedeLimit: 2,
  supersedeMaxSeconds: 45,
  sendDeadlineSeconds: 15,
  silenceSeconds: 120,
  pollSeconds: 5,
  backoffSeconds: 1,
  maxAttempts: 5,
  refusalLimit: 5,
  historyLimit: 30,
  maxInFlight: 512,
  maxTransactions: 2,
  claimForMs: 100_000,
  claimCpuMs: 1_000,
};

/** What the database functions of turns and deliveries are told. */
export function databaseSettings(settings: WorkSettings, rates: SendRates) {
  return {
    lease_seconds: settings.leaseSeconds,
    supersede_limit: settings.supersedeLimit,
    supersede_max_seconds: settings.supersedeMaxSeconds,
    send_lease_seconds: settings.sendDeadlineSeconds * 4 / 3,
    silence_seconds: settings.silenceSeconds,
    poll_seconds: settings.pollSeconds,
    backoff_seconds: settings.backoffSeconds,
    refusal_limit: settings.refusalLimit,
    rates: {
      per_second: rates.perSecond,
      coexistence_per_second: rates.coexistencePerSecond,
      pair_burst: rates.pairBurst,
      pair_seconds: rates.pairSeconds,
    },
  };
}

/** Parsed by the database functions themselves. */
export type DatabaseSettings = ReturnType<typeof databaseSettings>;
