import { baseLanguage } from "./localized-text.ts";
import type { TurnSnapshot } from "./snapshot.ts";
import { StateMachine } from "./state-machine.ts";

/** Where the turn starts: the session's state, or the initial one if there is none or the machine has lost it. */
export function currentState(snapshot: TurnSnapshot): string {
  const { state } = snapshot.session;
  const machine = StateMachine.of(snapshot.machine);
  return state !== null && machine.has(state) ? state : machine.initial;
}

/**
 * The language to answer in before a model has looked: the conversation's, else the contact's, else the
 * tenant's if the persona speaks it, else the persona's first.
 */
export function currentLanguage({ session, contact, tenant, machine }: TurnSnapshot): string {
  const spoken = machine.persona.languages;
  const ofTenant = spoken.find((language) => baseLanguage(language) === baseLanguage(tenant.locale));
  return session.language ?? contact.language ?? ofTenant ?? spoken[0] ?? "en";
}
