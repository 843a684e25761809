import type { PushNotice } from "@app/contracts/mod.ts";

/** What notifications say. The worker cannot load the words of the app, which come in files of their own. */
interface PushWords {
  contact: string;
  unknown: { title: string; body: string };
  trial: { title: string; body: string };
  titles: Record<Exclude<PushNotice["kind"], "trial">, (name: string) => string>;
  /** By category of the request. */
  reasons: Record<string, string>;
  deeds: Record<"assigned" | "handed_back", string>;
}

/** By the language that the device was switched on in. */
export const pushWords: Record<"es" | "en" | "pt", PushWords> = {
  es: {
    contact: "Un contacto",
    unknown: { title: "Hay algo que ver", body: "Abre la app." },
    trial: { title: "Las notificaciones llegan", body: "Así te avisaremos cuando alguien espere." },
    titles: {
      request: (name) => `${name} espera a una persona`,
      due_soon: (name) => `${name} sigue esperando: el plazo vence pronto`,
      promise: (name) => `Vence lo que se prometió a ${name}`,
      assigned: (name) => `Te dieron la conversación con ${name}`,
      handed_back: (name) => `El bot sigue con ${name}`,
    },
    reasons: {
      other: "El bot pide a una persona",
      asked_for_person: "Pidió hablar con una persona",
      complaint: "Tiene una queja",
      out_of_scope: "Quiere algo que el bot no hace",
      failure: "El bot no pudo seguir",
      setup: "Falta algo en la configuración del bot",
      rule: "Una regla pide a una persona",
      promise: "Algo prometido vence ahora",
    },
    deeds: { assigned: "Ahora la llevas tú", handed_back: "Nadie del equipo escribió en un buen rato" },
  },
  en: {
    contact: "A contact",
    unknown: { title: "There is something to see", body: "Open the app." },
    trial: { title: "Notifications arrive", body: "This is how you are told when somebody waits." },
    titles: {
      request: (name) => `${name} waits for a person`,
      due_soon: (name) => `${name} still waits: soon it is late`,
      promise: (name) => `What was promised to ${name} is due`,
      assigned: (name) => `You were given the conversation with ${name}`,
      handed_back: (name) => `The bot goes on with ${name}`,
    },
    reasons: {
      other: "The bot asks for a person",
      asked_for_person: "Asked for a person",
      complaint: "Has a complaint",
      out_of_scope: "Wants something that the bot does not do",
      failure: "The bot could not go on",
      setup: "Something is missing in the bot's setup",
      rule: "A rule asks for a person",
      promise: "Something that was promised is due now",
    },
    deeds: { assigned: "It is yours now", handed_back: "Nobody of the team wrote for a good while" },
  },
  pt: {
    contact: "Um contato",
    unknown: { title: "Há algo para ver", body: "Abra o app." },
    trial: { title: "As notificações chegam", body: "Assim avisaremos quando alguém esperar." },
    titles: {
      request: (name) => `${name} espera por uma pessoa`,
      due_soon: (name) => `${name} ainda espera: o prazo vence logo`,
      promise: (name) => `Vence o que foi prometido a ${name}`,
      assigned: (name) => `Você recebeu a conversa com ${name}`,
      handed_back: (name) => `O bot continua com ${name}`,
    },
    reasons: {
      other: "O bot pede uma pessoa",
      asked_for_person: "Pediu uma pessoa",
      complaint: "Tem uma reclamação",
      out_of_scope: "Quer algo que o bot não faz",
      failure: "O bot não conseguiu continuar",
      setup: "Falta algo na configuração do bot",
      rule: "Uma regra pede uma pessoa",
      promise: "Algo prometido vence agora",
    },
    deeds: { assigned: "Agora é com você", handed_back: "Ninguém da equipe escreveu por um bom tempo" },
  },
};
