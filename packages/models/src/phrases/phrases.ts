import type { FieldTopic } from "../understand/field-topic.ts";

/** Ways to say the same; the speaker takes turns. */
export type Variants = readonly [string, ...string[]];

/** What is said about one field: `{label}` is its name in the language, `{options}` its options. */
export type AskTopic = FieldTopic | "delivery_date" | "visit_date" | "past_date" | "team";

/** What a yes-or-no field is about. */
export type YesNoVerb = "is" | "has" | "needs" | "wants" | "there";

/** Everything the bot can say by itself in one language. `{…}` are filled in by the speaker. */
export interface Phrases {
  /** `{bot}` is the persona's name, `{business}` the tenant's. */
  greeting: Variants;
  /** Asked when nothing else is there to ask. */
  howCanIHelp: Variants;
  /** `{values}` is what was understood. */
  noted: Variants;
  /** The same where a "great" would hurt: claims, pains. */
  notedPlainly: Variants;
  sorryToHear: Variants;
  /** Asks which of `{options}` is meant. */
  choose: Variants;
  /** Repeats `{values}` for a yes, half way. */
  recap: Variants;
  /** `{name}` is the contact's first name. */
  thanksName: Variants;
  thanksForTelling: Variants;
  /** Short words of going on, with nothing to repeat. */
  fine: Variants;
  finePlainly: Variants;
  /** `{values}`, after a correction. */
  corrected: Variants;
  youAreWelcome: Variants;
  goodbye: Variants;
  /** Before a question that was asked before. */
  again: Variants;
  /** To a question whose answer the machine does not hold. */
  noAnswer: Variants;
  noPrice: Variants;
  /** Before a sentence taken from the machine in other words than asked. */
  whatIKnow: Variants;
  notUnderstood: Variants;
  offTopic: Variants;
  smallTalk: Variants;
  /** To laughs and small talk. */
  banter: Variants;
  ofCourse: Variants;
  inThisLanguage: Variants;
  /** `{bot}` and `{business}`. */
  iAmABot: Variants;
  objection: Variants;
  complaint: Variants;
  /** To "I don't know", where an estimate helps. */
  declinedField: Variants;
  /** The same where it does not. */
  declinedFact: Variants;
  declinedOffer: Variants;
  farewellToNo: Variants;
  takeYourTime: Variants;
  callingPerson: Variants;
  followUp: Variants;
  handBack: Variants;
  /** `{promise}` is what was promised, as it was said. */
  promise: Variants;
  /** Asks for a yes to go on. */
  goAhead: Variants;
  /** The same before the last step; `{values}` is everything known. */
  confirmAll: Variants;
  done: Variants;
  /** `{limit}`. */
  tooLow: Variants;
  tooHigh: Variants;
  /** `{values}` is what was understood but can't be taken. */
  notValid: Variants;
  yes: string;
  no: string;
  and: string;
  or: string;
  units: string;
  people: string;
  /** `{day}` that lies ahead. */
  forDay: string;
  onDay: string;
  atTime: string;
  upTo: string;
  without: string;
  /** Precedes a list of options that does not fit on buttons; `{options}`. */
  options: Variants;
  ask: Record<AskTopic, Variants>;
  /** `{label}` without article, of plural `{gender}`. */
  askCount: { masculine: Variants; feminine: Variants };
  /** `{label}` without article. */
  askChoice: Variants;
  /** By the verb of the field's name: `is_new`, `has_pets`, `needs_invoice`, `wants_printing`, or none. */
  askYesNo: Record<YesNoVerb, Variants>;
}
