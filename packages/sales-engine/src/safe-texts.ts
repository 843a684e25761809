import { baseLanguage } from "./localized-text.ts";

/** What the bot says when the machine and the model have nothing to say; WhatsApp tone, no promise that may break. */
const texts = {
  en: {
    notUnderstood: "Sorry, I didn't quite get that. Could you put it another way?",
    handOff: "I'm passing you to someone on our team. They'll write to you right here.",
    closed: "Our team isn't here right now. Someone will write to you right here from {when}.",
    closedToday: "Our team isn't here right now. Someone will write to you right here today from {when}.",
    away: "Everyone on our team is busy right now. Someone will write to you right here as soon as they can.",
    optedOut: "Done: we won't write to you any more.",
    refused: "I can't help you with that here, but I'm happy to help with anything about us.",
    priceUnknown: "I'd rather have a colleague confirm that price. They'll write to you right here.",
    audio: "I can't listen to voice notes yet. Could you write it for me, please?",
    image: "I can't see pictures yet. Could you tell me in a few words what it shows?",
    video: "I can't watch videos yet. Could you tell me in a few words what it shows?",
    document: "I can't open files yet. Could you write me the important part?",
    sticker: "Nice one 🙂 How can I help you?",
    location: "Thanks, I've got your location. What would you like me to do with it?",
    contact: "Thanks, I've got the contact. What would you like me to do with it?",
    unsupported: "I can't open that kind of message. Could you write it for me, please?",
    summaryState: "Stage",
    summaryFields: "Known so far",
    summaryMessages: "Last message",
  },
  es: {
    notUnderstood: "Perdona, no te entendí bien. ¿Me lo dices de otra manera?",
    handOff: "Te paso con una persona del equipo. Te escribe por aquí mismo.",
    closed: "Ahora no hay nadie del equipo. Te escriben por aquí mismo a partir del {when}.",
    closedToday: "Ahora no hay nadie del equipo. Te escriben por aquí mismo hoy a partir de las {when}.",
    away: "En este momento todo el equipo está ocupado. Te escriben por aquí mismo en cuanto puedan.",
    optedOut: "Listo: no te escribimos más.",
    refused: "Con eso no te puedo ayudar por aquí, pero con lo nuestro encantado.",
    priceUnknown: "Prefiero que una persona del equipo te confirme ese precio. Te escribe por aquí mismo.",
    audio: "No puedo escuchar audios todavía. ¿Me lo escribes, por favor?",
    image: "No puedo ver imágenes todavía. ¿Me cuentas en pocas palabras qué se ve?",
    video: "No puedo ver videos todavía. ¿Me cuentas en pocas palabras qué se ve?",
    document: "No puedo abrir archivos todavía. ¿Me escribes lo importante?",
    sticker: "¡Qué bueno! 🙂 ¿En qué te ayudo?",
    location: "Gracias, recibí tu ubicación. ¿Qué necesitas que haga con ella?",
    contact: "Gracias, recibí el contacto. ¿Qué necesitas que haga con él?",
    unsupported: "No puedo abrir ese tipo de mensaje. ¿Me lo escribes, por favor?",
    summaryState: "Etapa",
    summaryFields: "Ya sabemos",
    summaryMessages: "Último mensaje",
  },
  pt: {
    notUnderstood: "Desculpa, não entendi bem. Pode me dizer de outro jeito?",
    handOff: "Vou te passar para uma pessoa da equipe. Ela te escreve por aqui mesmo.",
    closed: "Agora não há ninguém da equipe. Escrevem para você por aqui mesmo a partir de {when}.",
    closedToday:
      "Agora não há ninguém da equipe. Escrevem para você por aqui mesmo hoje a partir das {when}.",
    away: "Neste momento toda a equipe está ocupada. Escrevem para você por aqui mesmo assim que puderem.",
    optedOut: "Pronto: não vamos mais te escrever.",
    refused: "Com isso não consigo te ajudar por aqui, mas com o nosso sim.",
    priceUnknown: "Prefiro que uma pessoa da equipe confirme esse preço. Ela te escreve por aqui mesmo.",
    audio: "Ainda não consigo ouvir áudios. Pode me escrever, por favor?",
    image: "Ainda não consigo ver imagens. Pode me contar em poucas palavras o que aparece?",
    video: "Ainda não consigo ver vídeos. Pode me contar em poucas palavras o que aparece?",
    document: "Ainda não consigo abrir arquivos. Pode me escrever o que é importante?",
    sticker: "Boa! 🙂 Como posso te ajudar?",
    location: "Obrigado, recebi a localização. O que você precisa que eu faça com ela?",
    contact: "Obrigado, recebi o contato. O que você precisa que eu faça com ele?",
    unsupported: "Não consigo abrir esse tipo de mensagem. Pode me escrever, por favor?",
    summaryState: "Etapa",
    summaryFields: "Já sabemos",
    summaryMessages: "Última mensagem",
  },
};

/** Names of the built-in texts; the media kinds are what the bot says to a file that it can't understand. */
export type SafeText = keyof typeof texts.en;

/** A built-in text in Spanish, English or Portuguese; English for every other language. */
export function safeText(name: SafeText, language: string): string {
  const base = baseLanguage(language);
  return (base === "es" || base === "pt" ? texts[base] : texts.en)[name];
}

/**
 * What the bot says to a kind of message that it can't understand yet.
 *
 * @param type One of the message types of `packages/contracts`.
 */
export function mediaReply(type: string, language: string): string {
  return safeText(isSafeText(type) ? type : "unsupported", language);
}

function isSafeText(name: string): name is SafeText {
  return Object.hasOwn(texts.en, name);
}
