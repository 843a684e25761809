import type { StateMachine, TransitionDefinition } from "@app/sales-engine/mod.ts";
import { isAlike } from "../understand/concepts.ts";
import { contentWords, profilesOf } from "../understand/field-profile.ts";
import { fold } from "../understand/text.ts";

/** What a transition waits for, as far as its words tell. */
export type RouteKind =
  /** Facts: "quantity and date are known". */
  | "data"
  /** A yes: "the customer accepts". */
  | "accept"
  /** A no: "the customer is not interested". */
  | "decline"
  /** A wish for a person. */
  | "person"
  /** Something out of the usual: another product, a problem. */
  | "exception"
  /** Nothing special. */
  | "open";

/** Ordered: the first that matches wins. */
const kinds: readonly [RouteKind, RegExp][] = [
  [
    "person",
    /\b(?:an?|una?|uma?|real|human|live|some) (?:\w+ )?(?:person|human|agent|advisor|representative|persona|asesora?|humano|agente|atendente|pessoa|consultora?)\b|\b(?:talk|speak|hablar|falar|conversar)\b.*\b(?:person|someone|team|persona|equipo|equipe|alguien|alguem)\b/,
  ],
  [
    "decline",
    /\b(?:not interested|uninterested|declin\w+|reject\w*|refus\w+|says? no|said no|cancel\w*|not (?:want|buy|continue|proceed|ready|a fit|qualif\w+)|does ?n[o']t want|gives? up|negotiat\w+|lost|leaves?|no (?:le |les )?interesa|no (?:quiere|desea|acepta|confirma)|rechaz\w+|perdid[oa]|desist\w+|nao (?:quer|aceita|tem interesse|confirma)|recus\w+|sem interesse|no longer|unqualified)\b/,
  ],
  [
    "exception",
    /\b(?:another|other|something else|changes?|instead|not in|more than|less than|fewer than|earlier than|later than|problem|issue|injury|illness|can'?t|cannot|complain\w*|angry|already|otr[oa]s?|algo mas|cambia\w*|problema|queja|reclam\w+|no esta en|mas de|outr[oa]s?|muda\w*|troca\w*|emergency|emergencia|urgent|objection|objecion|objecao|doubts?|dudas?|expensive|car[oa]|questions?|preguntas?|perguntas?)\b/,
  ],
  [
    "data",
    /\b(?:is|are|es|esta|son|estan|e|sao|foi) (?:agreed|confirmed|chosen|set|fixed|preferred|acordad[oa]s?|confirmad[oa]s?|elegid[oa]s?|definid[oa]s?|combinad[oa]s?|escolhid[oa]s?)\b|\b(?:chooses?|picks?|elige|escoge|escolhe)\b/,
  ],
  [
    "accept",
    /\b(?:accept\w*|agree\w*|confirm\w*|say(?:s|ing)? yes|approve\w*|wants?|would like|is ready|interested|likes?|books?|proceed\w*|go(?:es)? ahead|aprueb\w+|acept\w+|quiere|desea|de acuerdo|dice que si|interesad[oa]|list[oa] para|aceit\w+|quer|concord\w+|interessad[oa]|diz (?:que )?sim|aprov\w+)\b/,
  ],
  [
    "data",
    /\b(?:known|given|gave|provided|complete\w*|collected|captured|have|has|told|shared|names?|picked|chosen|chose|conoce[n]?|conocid[oa]s?|sabemos|se sabe|tenemos|tiene|dado|dio|dieron|complet[oa]s?|informad[oa]s?|conhecid[oa]s?|temos|tem|informou|passou|clear|qualified|calificad[oa]|filled|ready)\b/,
  ],
];

/** Tells from its words, in any of the three languages, what a transition waits for. */
export function routeKind(
  machine: StateMachine,
  from: string,
  { to, when, may_skip_fields }: TransitionDefinition,
): RouteKind {
  const folded = fold(when);
  const kind = kinds.find(([, pattern]) => pattern.test(folded))?.[0] ?? "open";
  if (kind === "person" && !may_skip_fields && machine.state(from).allowed_transitions.length === 1) {
    return "open";
  }
  // The end of many sales is a person, too; only what leaves the form behind is an exception.
  const isOnlyEnd = machine.state(from).allowed_transitions.length === 1;
  if (!isOnlyEnd && machine.isHandOver(to) && (may_skip_fields || !namesField(machine, from, folded))) {
    return kind === "accept" && !may_skip_fields
      ? kind
      : kind === "decline" || kind === "person"
      ? kind
      : "exception";
  }
  return kind;
}

/** Whether the words name a field of the state, as "company and tax id are known" does. */
function namesField(machine: StateMachine, state: string, folded: string): boolean {
  const words = contentWords(folded);
  return machine.fieldsOf(state).some(([name]) => {
    const own = profilesOf(machine).get(name)?.nameWords ?? [];
    return own.some((word) => words.some((other) => isAlike(word, other)));
  });
}
