import { Clock } from "./clock.ts";
import { EventStream } from "./event-stream.ts";
import { Faults } from "./faults.ts";
import { Ledger } from "./ledger.ts";
import { MediaStore } from "./media-store.ts";
import { RateLimits } from "./rate-limits.ts";
import { Registry } from "./registry.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { StatusSchedule } from "./status-schedule.ts";
import { contactOf } from "./webhook-envelope.ts";
import { WebhookSender } from "./webhook-sender.ts";
import type { ChatMessage } from "./chat-message.ts";
import { type OwedEvent, World } from "./world.ts";

/** All parts of a running simulator, as its endpoints use them. */
export interface Simulation {
  clock: Clock;
  world: World;
  registry: Registry;
  ledger: Ledger;
  media: MediaStore;
  faults: Faults;
  limits: RateLimits;
  sender: WebhookSender;
  statuses: StatusSchedule;
  events: EventStream;
  settings: () => Settings;
  change: (changed: Partial<Settings>) => void;
  /** Stops sending webhooks and ends event streams; requests are still answered. */
  stop: () => void;
  /** Lets go of the ledger; nothing may be asked after that. */
  close: () => Promise<void>;
}

/**
 * Opens the simulator of a folder: rebuilds what was the case from the ledger, then sends the webhooks that nobody
 * acknowledged and takes up the statuses that were still to come.
 *
 * @throws {Error} If the folder is in use, or its ledger is not one.
 */
export async function openSimulation(folder: string, initial: Partial<Settings> = {}): Promise<Simulation> {
  let current: Settings = { ...DEFAULT_SETTINGS, ...initial };
  const settings = () => current;
  const clock = new Clock();
  const world = new World();
  const events = new EventStream();
  const ledger = await Ledger.open(folder, (event, isReplay) => {
    world.apply(event);
    if (event.kind === "clock") clock.aheadMs = event.ahead_ms;
    if (!isReplay) events.publish(event);
  }, () => clock.now());
  const registry = await Registry.open(folder);
  const faults = new Faults();
  const sender = new WebhookSender(registry, ledger, faults, settings, clock);
  const statuses = new StatusSchedule(world, registry, ledger, sender, faults, settings, clock);
  const simulation: Simulation = {
    clock,
    world,
    registry,
    ledger,
    media: await MediaStore.open(folder, () => clock.now()),
    faults,
    limits: new RateLimits(),
    sender,
    statuses,
    events,
    settings,
    change: (changed) => {
      current = { ...current, ...changed };
    },
    stop: () => {
      statuses.stop();
      sender.stop();
      events.close();
    },
    close: () => ledger.close(),
  };
  takeUp(simulation);
  return simulation;
}

/** Sends the webhook of a message that the ledger holds. */
export function tellInbound(simulation: Simulation, message: ChatMessage): void {
  const update = inboundUpdate(simulation, message);
  if (update) simulation.sender.send(update);
}

/** Sends the webhook of an event that the ledger holds. */
export function tellEvent({ sender }: Simulation, event: OwedEvent): void {
  sender.send({
    kind: "event",
    appId: event.app_id,
    since: Date.parse(event.at),
    wabaId: event.waba_id,
    field: event.field,
    value: event.value,
    id: event.id,
  });
}

/** The webhook update of a message; `undefined` if its number is no longer registered. */
export function inboundUpdate({ world, registry, clock }: Simulation, message: ChatMessage) {
  const number = registry.numbers.get(message.phone_number_id);
  const customer = world.customers.get(message.customer);
  if (!number || !customer) return undefined;
  return {
    kind: "message" as const,
    appId: number.app_id,
    since: message.heard_at ?? clock.now(),
    number,
    contact: contactOf(customer),
    entry: message.message,
    about: { wamid: message.wamid, phone_number_id: message.phone_number_id, customer: message.customer },
  };
}

function takeUp(simulation: Simulation): void {
  for (const message of simulation.world.messages.values()) {
    if (message.direction === "inbound") {
      if (!message.acknowledged) tellInbound(simulation, message);
      continue;
    }
    if (message.is_echo) continue;
    for (const status of message.owed) simulation.statuses.tell(message, status);
    const isSettled = message.statuses.some((status) => status !== "sent");
    if (!isSettled) simulation.statuses.plan(message);
  }
  for (const event of simulation.world.owedEvents.values()) tellEvent(simulation, event);
}
