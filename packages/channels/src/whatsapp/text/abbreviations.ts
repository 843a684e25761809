/** Words whose point ends no sentence, in Spanish, English and Portuguese; lower case, with their point. */
const abbreviations = new Set(
  [
    // Spanish, and much of it Portuguese
    "sr. sra. srta. sres. dr. dra. dres. lic. ing. arq. prof. profa. ud. uds. vd. vds. d. dña.",
    "aprox. núm. nro. no. art. pág. págs. tel. cel. av. avda. blvd. col. esq. depto. dpto. edo. km. cía. ej. p.ej.",
    "etc. máx. mín. incl. pza. pzas. und. unid. ref. atte. vol. cap. fig. c.v. s.a. s.l.",
    "ene. feb. mar. abr. may. jun. jul. ago. sep. sept. oct. nov. dic. lun. mié. jue. vie. sáb. dom.",
    // English
    "mr. mrs. ms. jr. sr. st. ave. vs. e.g. i.e. approx. inc. ltd. co. corp. dept. est. ext. min. max. qty. pcs.",
    "jan. apr. aug. dec. mon. tue. tues. wed. thu. thur. thurs. fri. sat. sun. a.m. p.m. u.s. u.k.",
    // Portuguese
    "exmo. exma. ilmo. ilma. v. exa. obs. ex. p.ex. pag. págs. tel. r. al. trav. apto. ltda. cia. fev. abr. mai. ago. set. out. dez. seg. ter. qua. qui. sex.",
  ].flatMap((line) => line.split(" ")),
);

/** Whether the point at the end of a word may belong to the word: an abbreviation, an initial, letters with points. */
export function endsWithAbbreviation(word: string): boolean {
  const bare = word.replace(/^[^\p{L}\p{N}]+/u, "").toLowerCase();
  return abbreviations.has(bare) || /^(?:\p{L}\.)+$/u.test(bare);
}
