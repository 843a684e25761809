/**
 * Words by which customers ask for a person, by language; plain as `plainWords` makes them. One list per
 * part of the sentence, so that "¿puedo hablar con un asesor?" and "asesor!!" are both found and
 * "pizza para una persona" is not.
 */
export const personWords = {
  es: {
    /** Verbs of getting in touch: a person named soon after is asked for. */
    touch: words(
      "hablar hable hablo hablas conversar platicar charlar comunicar comunicame comunicarme contactar contactarme chatear pasame paseme pasas pasenme comuniqueme transfiereme transferirme derivame atienda atiendan atender",
    ),
    /** Verbs of wanting: a person named right after is asked for. */
    want: words("quiero necesito quisiera deseo prefiero exijo busco dame deme pido solicito ponme"),
    /** Who: unmistakable in a conversation with a shop. */
    person: words(
      "humano humana asesor asesora agente operador operadora representante ejecutivo ejecutiva supervisor supervisora encargado encargada gerente vendedor vendedora",
    ),
    /** Who, when asked to be talked to; too common to stand alone. */
    someone: words("persona personas alguien dueno duena responsable compania equipo"),
    bot: words("bot robot maquina contestadora ia chatbot"),
    filler: words(
      "un una el la al a con de por favor porfa porfavor hablar que me ya mi algun alguna otro otra urgente gracias hola verdad real",
    ),
    notWanted: phrases(
      "no quiero",
      "no necesito",
      "no hace falta",
      "no quisiera",
      "sin",
      "no deseo",
      "antes de",
    ),
    fixed: phrases(
      "persona real",
      "persona de verdad",
      "persona de carne y hueso",
      "ser humano",
      "atencion humana",
      "agente humano",
      "alguien real",
      "atencion al cliente",
      "servicio al cliente",
      "quiero que me atiendan",
      "dueno quiero hablar",
    ),
  },
  en: {
    touch: words("talk talking speak speaking chat chatting connect transfer contact reach pass"),
    want: words("want need wanna prefer get give gimme like request"),
    person: words("human agent representative operator rep supervisor manager advisor adviser salesperson"),
    someone: words("person someone somebody people owner staff team"),
    bot: words("bot robot machine ai chatbot"),
    filler: words(
      "a an the to with please pls plz me my real live actual any some now i you can could hi hello speak talk thanks",
    ),
    notWanted: phrases(
      "dont want",
      "don t want",
      "do not want",
      "dont need",
      "don t need",
      "do not need",
      "no need",
      "without",
      "before i",
    ),
    fixed: phrases(
      "real person",
      "real human",
      "live agent",
      "live person",
      "human being",
      "human agent",
      "actual person",
      "actual human",
      "customer service",
      "customer support",
      "someone talk to me",
      "somebody talk to me",
    ),
  },
  pt: {
    touch: words(
      "falar falo conversar comunicar contatar transferir transfere transfira passa passe chamar chama atenda atender",
    ),
    want: words("quero preciso queria gostaria prefiro desejo exijo busco procuro solicito"),
    person: words(
      "humano humana atendente agente operador operadora representante supervisor supervisora gerente vendedor vendedora consultor consultora",
    ),
    someone: words("pessoa pessoas alguem dono dona responsavel equipe"),
    bot: words("bot robo maquina ia chatbot"),
    filler: words(
      "um uma o a com de por favor porfavor falar que me ja meu algum alguma outro outra urgente obrigado obrigada oi ola real",
    ),
    notWanted: phrases("nao quero", "nao preciso", "nao precisa", "sem", "nao desejo", "antes de"),
    fixed: phrases(
      "pessoa real",
      "pessoa de verdade",
      "ser humano",
      "atendimento humano",
      "agente humano",
      "atendente humano",
      "alguem real",
      "atendimento ao cliente",
      "pessoa me atenda",
      "alguem pode me atender",
      "atendido por um humano",
    ),
  },
};

function words(list: string): string[] {
  return list.split(" ");
}

function phrases(...list: string[]): string[][] {
  return list.map((phrase) => phrase.split(" "));
}
