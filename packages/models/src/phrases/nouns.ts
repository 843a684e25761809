import type { Language } from "../understand/languages.ts";
import { fold } from "../understand/text.ts";

/** A noun that names a field: with its article and as it is counted. */
export interface Noun {
  /** "el tipo", "the type", "o tipo". */
  withArticle: string;
  bare: string;
  gender: "masculine" | "feminine";
}

/** Words that fields are often named by: English, Spanish, Portuguese. */
const table = `
type | el tipo | o tipo
kind | el tipo | o tipo
number | el número | o número
date | la fecha | a data
time | la hora | a hora
name | el nombre | o nome
property | la propiedad | o imóvel
event | el evento | o evento
service | el servicio | o serviço
product | el producto | o produto
treatment | el tratamiento | o tratamento
reason | el motivo | o motivo
occasion | la ocasión | a ocasião
message | el mensaje | a mensagem
card | la tarjeta | o cartão
recipient | el destinatario | o destinatário
address | la dirección | o endereço
delivery | la entrega | a entrega
bedrooms | las habitaciones | os quartos
bathrooms | los baños | os banheiros
rooms | las habitaciones | os cômodos
parking | el estacionamiento | a garagem
guests | los invitados | os convidados
people | las personas | as pessoas
adults | los adultos | os adultos
children | los niños | as crianças
nights | las noches | as noites
users | los usuarios | os usuários
employees | los empleados | os funcionários
seats | los puestos | os assentos
team | el equipo | a equipe
size | el tamaño | o tamanho
color | el color | a cor
colour | el color | a cor
material | el material | o material
budget | el presupuesto | o orçamento
price | el precio | o preço
plan | el plan | o plano
package | el paquete | o pacote
menu | el menú | o cardápio
diet | la dieta | a dieta
venue | el lugar | o local
place | el lugar | o lugar
location | la ubicación | o local
city | la ciudad | a cidade
zone | la zona | a região
area | la zona | a região
neighborhood | el barrio | o bairro
policy | la póliza | a apólice
claim | el reclamo | o sinistro
incident | el incidente | o incidente
accident | el accidente | o acidente
damage | el daño | o dano
damages | los daños | os danos
injuries | los heridos | os feridos
vehicle | el vehículo | o veículo
car | el auto | o carro
plate | la placa | a placa
brand | la marca | a marca
model | el modelo | o modelo
year | el año | o ano
insurance | el seguro | o seguro
invoice | la factura | a nota fiscal
payment | el pago | o pagamento
method | la forma | a forma
order | el pedido | o pedido
code | el código | o código
quantity | la cantidad | a quantidade
duration | la duración | a duração
experience | la experiencia | a experiência
level | el nivel | o nível
goal | el objetivo | o objetivo
role | el cargo | o cargo
position | el cargo | o cargo
industry | el rubro | o ramo
company | la empresa | a empresa
website | la página web | o site
tool | la herramienta | a ferramenta
software | el software | o software
problem | el problema | o problema
pain | el dolor | a dor
allergies | las alergias | as alergias
restrictions | las restricciones | as restrições
notes | las notas | as observações
details | los detalles | os detalles
pet | la mascota | o pet
pets | las mascotas | os pets
age | la edad | a idade
language | el idioma | o idioma
doctor | el doctor | o médico
class | la clase | a aula
flowers | las flores | as flores
flower | la flor | a flor
options | las opciones | as opções
option | la opción | a opção
toothache | dolor de muela | dor de dente
monthly | mensual | mensal
annual | anual | anual
weight | el peso | o peso
height | la altura | a altura
length | el largo | o comprimento
pet | la mascota | o pet
owner | el dueño | o dono
child | el niño | a criança
project | el proyecto | o projeto
person | la persona | a pessoa
check in | la fecha de ingreso | a data de entrada
check out | la fecha de salida | a data de saída
start date | la fecha de inicio | a data de início
end date | la fecha de término | a data de término
vaccinated | vacunado | vacinado
patient | el paciente | o paciente
appointment | la cita | a consulta
visit | la visita | a visita
purpose | el motivo | o motivo
police | la policía | a polícia
report | el reporte | o boletim
logo | el logo | o logo
units | las unidades | as unidades
style | el estilo | o estilo
shape | la forma | o formato
country | el país | o país
phone | el teléfono | o telefone
email | el correo | o e-mail
preference | la preferencia | a preferência
availability | la disponibilidad | a disponibilidade
operation | la operación | a operação
house | casa | casa
apartment | departamento | apartamento
office | oficina | escritório
land | terreno | terreno
buy | comprar | comprar
rent | alquilar | alugar
wedding | boda | casamento
birthday | cumpleaños | aniversário
corporate | corporativo | corporativo
anniversary | aniversario | aniversário
funeral | funeral | funeral
cleaning | limpieza | limpeza
whitening | blanqueamiento | clareamento
checkup | revisión | avaliação
emergency | emergencia | emergência
roses | rosas | rosas
tulips | tulipanes | tulipas
sunflowers | girasoles | girassóis
mixed | variado | misto
small | pequeño | pequeno
medium | mediano | médio
large | grande | grande
morning | mañana | manhã
afternoon | tarde | tarde
evening | noche | noite
basic | básico | básico
standard | estándar | padrão
premium | premium | premium
theft | robo | roubo
fire | incendio | incêndio
collision | choque | colisão
water | agua | água
home | hogar | residência
health | salud | saúde
life | vida | vida
new | nuevo | novo
used | usado | usado
other | otro | outro
yes | sí | sim
no | no | não
cash | efectivo | dinheiro
transfer | transferencia | transferência
buffet | buffet | buffet
plated | servido a la mesa | à mesa
cocktail | cóctel | coquetel
vegetarian | vegetariano | vegetariano
vegan | vegano | vegano
`;

/** Adjectives of the table, in the form of a single masculine noun. */
const adjectives = new Set(
  "new used small medium large basic standard corporate vegetarian vegan mixed other monthly annual".split(
    " ",
  ),
);

const rows = table.trim().split("\n").map((row) => {
  const [english = "", spanish = "", portuguese = ""] = row.split("|").map((cell) => cell.trim());
  return { en: english, es: spanish, pt: portuguese };
});

const index = new Map<string, (typeof rows)[number]>();
for (const row of rows) {
  for (const word of [row.en, bareOf(row.es), bareOf(row.pt)]) {
    const key = fold(word);
    if (!index.has(key)) index.set(key, row);
  }
}

/** The adjective for a word, in the gender and number of a noun; `null` if the word is none. */
export function adjectiveIn(word: string, language: Language, { gender, bare }: Noun): string | null {
  const row = index.get(fold(word));
  if (!row || !adjectives.has(row.en)) return null;
  const form = gender === "feminine" ? row[language].replace(/o$/, "a") : row[language];
  return /s$/.test(bare) && /[aeo]$/.test(form) ? `${form}s` : form;
}

function bareOf(phrase: string): string {
  return phrase.replace(/^(?:el|la|los|las|o|a|os|as) /, "");
}

/** The noun for a word of any of the three languages, or `null` if it is not a common one. */
export function nounIn(word: string, language: Language): Noun | null {
  const row = index.get(fold(word));
  if (!row) return null;
  const phrase = row[language];
  return {
    withArticle: language === "en" ? `the ${phrase}` : phrase,
    bare: bareOf(phrase),
    gender: /^(?:la|las|a|as) /.test(phrase) ? "feminine" : "masculine",
  };
}
