import { fold, tokenize } from "./text.ts";

/** What a contact does with a sentence, besides giving facts. A sentence may do several things. */
export type Act =
  | "greeting"
  | "thanks"
  | "goodbye"
  | "affirm"
  | "negate"
  | "question"
  | "person"
  | "objection"
  | "refusal"
  | "complaint"
  | "unsure"
  | "correction"
  | "wait"
  | "chitchat"
  /** Asks how the bot is. */
  | "how_are_you"
  /** Asks whether a machine is answering. */
  | "are_you_a_bot"
  /** Announces a question: "can I ask something?". */
  | "may_i_ask"
  /** Asks for another language. */
  | "language_wish";

const patterns: Record<Exclude<Act, "question">, RegExp> = {
  greeting:
    /\b(?:hola+|holis|buen(?:os|as)(?: (?:dias|tardes|noches))?|buen dia|hi+|hello+|hey+|good (?:morning|afternoon|evening)|oi+|ola|bom dia|boa (?:tarde|noite)|saludos)\b/,
  thanks: /\b(?:gracias|grax|thanks?|thank you|thx|obrigad[oa]|obg|valeu|agradecido|agradezco)\b/,
  goodbye:
    /\b(?:adios|chau|chao|hasta (?:luego|pronto|manana)|nos vemos|bye|goodbye|see you|tchau|ate (?:logo|mais|breve))\b/,
  affirm:
    /^(?:ah |pues |bueno |hm+ |oh |well |muy |por |mas |that |ya |ya, )?(?:si+p?|sii+|claro(?: que si)?|dale|vale|ok(?:ay|ey)?|okis?|perfecto|tod[oa] (?:bien|correcto|ok)|tudo (?:certo|bem|ok)|de acuerdo|acuerdo|confirm(?:o|ado|amos|a)|listo|correcto|exacto|asi es|supuesto|va|sale|de una|adelante|acepto|aceptamos|me (?:interesa|parece|encanta|gusta)|hagamoslo|genial|yes+|yeah|yep|yup|sure|of course|sounds? (?:good|great|perfect)|go ahead|deal|great|perfect|correct|right|absolutely|definitely|let'?s (?:do|go)|i(?:'d| would) (?:like|love) (?:that|to)|i accept|agreed|works(?: for me)?|please do|sim+|com certeza|certo|pode ser|pode(?: sim)?|isso(?: mesmo)?|beleza|blz|fechado|combinado|ta (?:bom|bem|otimo)|esta (?:bom|bem|perfecto)|bora|vamos|aceito|quero(?: sim)?|perfeito|otimo|show|topo|exato|bien|excelente|cool|fine|good|excellent|bueno)(?=$|[^a-z])/,
  negate:
    /^(?:ah |pues |bueno |hm+ |oh |well )?(?:no+|nop+e?|nah|para nada|ningun[oa]?|nada|jamas|todavia no|aun no|nao|nem|nenhum[a]?|ainda nao|not (?:really|yet|at all|now)|never|none|i don'?t|we don'?t|negativo)(?=$|[^a-z])/,
  person:
    /\b(?:(?:hablar|habla|comunicar\w*|conversar|atienda|pasa\w*|contact\w*|llam\w*) (?:\w+ )?(?:con|a) (?:un[ao]?|una|el|la|algun|alguna|otra)? ?(?:persona|humano|asesor[a]?|agente|alguien|representante|vendedor[a]?|ejecutiv[oa]|encargad[oa]|operador[a]?)|(?:persona|humano|asesor[a]?|agente) (?:real|de verdad|human[oa])|(?:speak|talk|chat|connect) (?:\w+ )?(?:to|with) (?:an? |the |some |your )?(?:real |live |actual )?(?:person|human|someone|somebody|agent|representative|rep|manager|sales\w*|people)|(?:real|live|actual) (?:person|human|agent)|human agent|(?:falar|conversar) com (?:um[a]?|alguem|o|a)? ?(?:pessoa|humano|atendente|alguem|vendedor[a]?|gerente|representante|consultor[a]?)?(?:\b|$)|atendente human[oa]|quiero (?:un|una) (?:persona|asesor[a]?|humano)|(?:i want|i need|get me) (?:a|an) (?:person|human|agent)|quero (?:um|uma) (?:pessoa|atendente|humano))\b/,
  objection:
    /\b(?:(?:muy |demasiado |mucho |un poco |bien )?car[oa]s?|costos[oa]s?|(?:too |very |pretty |bit )?expensive|pricey|too much|mais barato|mas barato|cheaper|fora do orcamento|out of (?:my|our) budget|fuera de (?:mi|nuestro) presupuesto|no estoy segur[oa]|not sure about|competencia|otro proveedor|another (?:provider|supplier|vendor)|outro fornecedor|desconfi\w+)\b/,
  refusal:
    /\b(?:no (?:me|nos|estoy|estamos) interes\w+|no (?:gracias|quiero nada|quiero seguir)|no,? (?:gracias|thanks?)|not interested|no thank(?:s| you)|ya no (?:quiero|necesito|me interesa)|no longer (?:need|want|interested)|cancel\w*|olvid(?:alo|elo)|forget it|never ?mind|nao (?:tenho interesse|quero mais|me interess\w+|preciso mais)|nao,? obrigad[oa]|deixa pra la|desist\w+|dejalo|sem interesse|don'?t want (?:it|this|anymore))\b/,
  complaint:
    /\b(?:estaf\w+|pesim[oa]|horrible|terrible|mal servicio|quej\w+|reclamo(?! por| de seguro)|indignad\w+|molest[oa]|enojad[oa]|furios\w+|scam|awful|worst|unacceptable|complain\w*|angry|ridiculous|useless|inutil|porcaria|pessimo|absurdo|reclamacao|idiota|estupid[oa]|mierda|merda|fuck\w*|shit)\b/,
  unsure:
    /\b(?:no (?:lo )?(?:se|sabria|tengo idea)|ni idea|no estoy segur[oa]|(?:i )?(?:do not|don'?t|dunno) ?know|no idea|not sure|nao (?:sei|tenho certeza|faco ideia)|(?:no|nao) (?:lo |la )?(?:tengo|recuerdo|tenho|lembro)|don'?t (?:have|remember)|sei la|prefiero no|prefiro nao|rather not|prefer not|no quiero dar\w*|depende|it depends)\b/,
  correction:
    /\b(?:mejor|en realidad|perdon|me equivoque|corrijo|correccion|cambi\w+|quise decir|no,? son|actually|sorry|i meant|instead|make (?:it|that)|change|rather|na verdade|melhor|errei|quis dizer|troca\w*|muda\w*|correction|desculpa)\b/,
  wait:
    /\b(?:un (?:momento|segundo|minuto)|dame un|espera\w*|ahora (?:vuelvo|te digo)|one (?:moment|sec\w*|minute)|hold on|give me a|brb|um (?:momento|minuto|segundo|instante)|peraí|perai|ja volto|wait|quizas? (?:despues|luego|mas adelante)|tal ?vez (?:despues|luego|depois)|mas (?:tarde|adelante)|mais tarde|maybe later|later|te (?:aviso|confirmo luego)|te aviso|depois (?:eu )?(?:te )?(?:falo|aviso|vejo)|(?:lo|tengo que|dejame|deja|voy a|need to|let me|i'?ll|vou|preciso|me deixa) (?:pens\w+|think|consult\w+|revis\w+|check with))\b/,
  chitchat:
    /\b(?:ja(?:ja)+|ha(?:ha)+|lol|kk+|rsrs|clima|weather|tempo hoje|futbol|football|futebol|partido|broma|chiste|joke|piada|nice day|busy day|que frio|que calor|quanta chuva)\b/,
  how_are_you:
    /\b(?:como (?:estas?|esta usted|andas?|te va|vai|voce esta)|que tal|todo bien|tudo b(?:em|om)|how are you|how'?s it going|what'?s up)\b/,
  language_wish:
    /\b(?:do you speak|can we (?:speak|talk|write) in|in) (?:english|spanish|portuguese)\b|\b(?:hablas?|habla usted|hablan|en) (?:espanol|ingles|portugues)\b|\b(?:fala|falam|em) (?:portugues|ingles|espanhol)\b/,
  are_you_a_bot:
    /\b(?:who am i (?:talking|speaking|chatting) (?:to|with)|con quien (?:hablo|estoy hablando)|com quem (?:eu )?(?:falo|estou falando))\b|\b(?:eres|es usted|esto es) (?:un |una )?(?:bot|robot|maquina|humano|persona(?: real)?|ia)\b|\b(?:are you|is this) (?:a |an )?(?:bot|robot|human|real|ai|machine|person)\b|\b(?:voce|vc) e (?:um |uma )?(?:bot|robo|humano|pessoa|ia)\b/,
  may_i_ask:
    /\b(?:(?:puedo|podria) (?:preguntar|consultar|hacer(?:te|le)? una (?:pregunta|consulta))|(?:tengo|una) (?:una )?(?:pregunta|consulta|duda)(?= *[?.!]*$)|(?:can|could|may) i ask(?: you)?(?: something| a question)?(?= *[?.!]*$)|(?:quick|i have a) question(?= *[?.!]*$)|posso (?:perguntar|fazer uma pergunta|tirar uma duvida)|(?:tenho uma|uma) (?:pergunta|duvida)(?= *[?.!]*$))/,
};

const questionStart =
  /^(?:y |e |and |oye |ah |hola |hi |oi |pero |but |mas |disculp\w+ |perdon |sorry )*(?:que\b(?! venga| tenga)|cual|cuales|cuant[oa]s?|como\b|donde|adonde|cuando|quien|por que|hay\b|tienen|tienes|tiene usted|hacen|hacez|aceptan|puedo|podria\w*|se puede|incluye|what|which|how|where|when|who|why|is there|is it|are there|are you|do you|does|did|can (?:i|you|we|it)|could|would you|will|have you|qual|quais|quant[oa]s?|onde|quando|quem|voces (?:tem|fazem|aceitam|entregam|trabalham)|vcs|tem (?:como|algum\w*|garantia)|posso|poderia\w*|da pra|inclui)(?=$|[^a-z])/;

/** Tells what a sentence does, in any of the three languages. */
export function readActs(sentence: string): Set<Act> {
  const acts = new Set<Act>();
  const folded = fold(sentence).replace(/^[^\p{L}\p{N}]+/u, "").trim();
  const afterGreeting = folded.replace(
    /^(?:(?:hola+|hi+|hello|hey|oi+|ola|buen[oa]s (?:dias|tardes|noches)|bom dia|boa (?:tarde|noite)|good (?:morning|afternoon|evening))[,.! ]+)+/,
    "",
  );
  for (const [act, pattern] of entries(patterns)) {
    const isOpening = act === "affirm" || act === "negate";
    if (pattern.test(isOpening ? afterGreeting : folded)) acts.add(act);
  }
  if (/[?¿]/.test(sentence) || questionStart.test(afterGreeting)) acts.add("question");
  if (!acts.has("negate") && /[a-z],? (?:si|sim|yes|claro)[.! ]*$/.test(folded)) acts.add("affirm");
  if (/^\s*(?:👍|👌|✅|🙌|💪)/u.test(sentence)) acts.add("affirm");
  if (!/[\p{L}\p{N}?]/u.test(sentence) && acts.size === 0 && sentence.trim() !== "") acts.add("greeting");
  if (/^\s*(?:👎|❌)/u.test(sentence)) acts.add("negate");
  if (/^(?:no|nao)[, ]+(?:hay|tem|es|e) problema|^no problem/.test(folded)) {
    acts.delete("negate");
    acts.add("affirm");
  }
  // "Bueno, ¿cuánto cuesta?" agrees to nothing, and "sí, pero es caro" not to the offer.
  if (acts.has("question") || acts.has("objection") || acts.has("refusal") || acts.has("unsure")) {
    acts.delete("affirm");
  }
  if (acts.has("affirm")) acts.delete("how_are_you");
  if (acts.has("are_you_a_bot")) acts.delete("person");
  if (/^(?:buen[oa]s?|bom|boa|good|bien)\b/.test(folded) && acts.has("greeting")) acts.delete("affirm");
  return acts;
}

/** Whether a sentence begins like a question: "do you deliver?" does, "premium?" does not. */
export function isQuestionInWords(sentence: string): boolean {
  return questionStart.test(fold(sentence).replace(/^[^\p{L}\p{N}]+/u, ""));
}

/** Whether a sentence holds nothing but courtesy, such as "hola, buenas tardes" or "ok, thanks". */
export function isOnlyCourtesy(sentence: string): boolean {
  let rest = ` ${fold(sentence)} `;
  for (const act of ["greeting", "thanks", "goodbye", "chitchat", "how_are_you"] as const) {
    rest = rest.replace(new RegExp(patterns[act].source, "g"), " ");
  }
  if (/👍|👌|👎|✅|❌/u.test(sentence)) return false;
  return tokenize(rest).every(({ word }) => courtesyWords.has(word));
}

const courtesyWords = new Set(
  `muchas much very so y and e you muito por favor please all a todos que tal dias tardes noches senor senora sr sra
  there amigo amiga ok okay mil lot un saludo usted ustedes voce voces team equipo everyone bien bem good`
    .split(/\s+/),
);

function entries<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  const pairs: [Key, Value][] = [];
  for (const key in record) pairs.push([key, record[key]]);
  return pairs;
}
