/**
 * What bots ask for, by the words of their questions in three languages. The words are those of shops in
 * general: a machine that asks for something known is understood, whatever its state is called.
 */
const topics: readonly (readonly [name: string, question: RegExp])[] = [
  ["tax_id", /\b(?:nit|rut|ruc|cuit|n[uú]mero fiscal|tax id|vat|cnpj|cpf)\b/i],
  ["email", /\b(?:correo|e-?mail|mail)\b/i],
  ["company", /\b(?:empresa|raz[oó]n social|compan(?:y|ia)|business name)\b/i],
  ["phone", /\b(?:tel[eé]fono|celular|phone|telefone)\b/i],
  ["quantity", /\b(?:cu[aá]nt[ao]s|cantidad|unidades|how many|quantity|units|quant[ao]s|quantidade)\b/i],
  ["plan", /\b(?:mensual|monthly|mensal|qu[eé] plan|which plan|qual plano)\b/i],
  [
    "time_of_day",
    /a la ma[nñ]ana|por la tarde|in the morning|in the evening|de manh[aã]|[aà] noite/i,
  ],
  ["goal of training", /\b(?:bajar de peso|lograr|losing weight|achieve|perder peso|alcan[cç]ar)\b/i],
  [
    "date",
    /\b(?:fecha|qu[eé] d[ií]a|para cu[aá]ndo|which day|what day|when (?:do|would|should)|need them by|que dia|para quando|qual (?:a )?data)\b/i,
  ],
  ["name", /\b(?:nombre|name|nome|c[oó]mo te llamas)\b/i],
  [
    "product",
    /\b(?:producto|qu[eé] (?:buscas|necesitas)|product|what do you need|produto|o que voc[eê] (?:precisa|procura)|embalar|empacar|to pack)\b/i,
  ],
];

/** The topic of a question, as far as the customer knows an answer to it. */
export function topicOf(question: string, known: ReadonlySet<string>): string | null {
  return topics.find(([name, pattern]) => known.has(name) && pattern.test(question))?.[0] ?? null;
}

/** Whether a question is about something that customers are asked for, known or not. */
export function isKnownTopic(question: string): boolean {
  return topics.some(([, pattern]) => pattern.test(question));
}
