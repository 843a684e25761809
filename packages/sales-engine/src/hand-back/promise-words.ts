/** How people promise something to come, in Spanish, English and Portuguese; plain words. */
const speakers = [
  // Te llamo, le enviaré, les confirmamos.
  String.raw`(?:te|le|les|os|lhe|lhes)(?: lo| la| los| las| o| a)? VERB`,
  // Voy a llamarte, vamos a enviarle.
  String.raw`(?:voy|vamos) a VERB`,
  // I'll call you, we are going to send it.
  String.raw`(?:i|we) (?:ll|will|shall|m going to|am going to|are going to|re going to) (?:also )?VERB`,
  // Vou te ligar, vamos enviar.
  String.raw`(?:vou|vamos)(?: te| lhe| lhes)? VERB`,
];

/** What a bot can do when it is due: write again. */
const botVerbs = String.raw`(?:escrib\w*|recuerd\w*|recordar\w*|write|message|remind|escrev\w*|lembr\w*)`;
/** What only a person can do. */
const personVerbs = String
  .raw`(?:llam\w*|envi\w*|mand\w*|avis\w*|confirm\w*|pas\w*|contact\w*|compart\w*|traig\w*|llev\w*|entreg\w*|averigu\w*|consult\w*|call|send|text|email|let you know|get back|share|deliver|check|forward|bring|lig(?:o|ar|arei|amos|aremos)|retorn\w*)`;

const byBot = patternOf(botVerbs);
const byPerson = patternOf(personVerbs);

/**
 * Who has to do what a sentence promises.
 *
 * @param words Plain words of one sentence, joined by spaces.
 * @returns `null` if it promises nothing.
 */
export function promisedBy(words: string): "bot" | "person" | null {
  return byPerson.test(words) ? "person" : byBot.test(words) ? "bot" : null;
}

/** What is denied is not promised. */
function patternOf(verbs: string): RegExp {
  return new RegExp(
    `(?<!\\b(?:no|not|nao|ya|never|nunca) )\\b(?:${speakers.join("|").replaceAll("VERB", verbs)})\\b`,
  );
}
