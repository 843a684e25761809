import type { FieldDefinition } from "@app/sales-engine/mod.ts";
import { fold } from "./text.ts";

/** What a field is about, as far as its name and description tell: decides how to read and how to ask for it. */
export type FieldTopic =
  | "name"
  | "recipient"
  /** The name of somebody or something else than the contact: a pet, a child. */
  | "other_name"
  | "company"
  | "email"
  | "phone"
  | "tax_id"
  | "quantity"
  | "people"
  | "age"
  | "date"
  | "time"
  | "address"
  | "city"
  | "budget"
  | "product"
  | "size"
  | "color"
  | "code"
  | "story"
  | "notes"
  | "other";

/** Ordered: what is more special comes first. Applied to the name, then to the description. */
const topics: readonly [FieldTopic, RegExp][] = [
  [
    "tax_id",
    /\b(?:tax id|tax number|vat|ruc|nit|rfc|cnpj|cpf|cuit|rut|nif|ein|id fiscal|identificacion (?:fiscal|tributaria)|cedula juridica|inscricao)\b/,
  ],
  ["email", /\b(?:e ?mail|correo|mail)\b/],
  ["phone", /\b(?:phone|telefono|telefone|celular|mobile|whatsapp)\b/],
  [
    "code",
    /\b(?:policy|poliza|apolice|order|reference|referencia|ticket|contract|contrato|booking|plate|placa|serial|tracking)(?: (?:number|no|id|code|numero)| ?$)|\b(?:code|codigo|numero de (?:poliza|orden|pedido|apolice))\b/,
  ],
  ["budget", /\b(?:budget|presupuesto|orcamento|price range|max price|spend)\b/],
  [
    "company",
    /\b(?:company|empresa|business name|organi[sz]ation|compania|companhia|negocio|firma|razon social|razao social|restaurant name|employer)\b/,
  ],
  [
    "people",
    /\b(?:guests?|people|persons?|personas|pessoas|pax|attendees|party size|headcount|users?|seats|employees|empleados|comensales|invitados|convidados|team size)\b/,
  ],
  ["age", /\b(?:age|edad|idade)\b/],
  ["time", /\b(?:time|hora|horario|hour|time slot|franja)\b/],
  ["date", /\b(?:date|fecha|data|day|dia|when|cuando|quando)\b/],
  ["address", /\b(?:address|direccion|endereco|street|calle|venue)\b/],
  [
    "city",
    /\b(?:city|ciudad|cidade|zone|zona|neighbou?rhood|barrio|bairro|area|district|distrito|location|lugar|town|place)\b/,
  ],
  [
    "quantity",
    /\b(?:quantity|qty|cantidad|quantidade|units?|unidades|volume|pieces|piezas)\b|^(?:amount|count)$|\b(?:how many|cuant[oa]s|quant[oa]s) (?:\w+ ){0,4}(?:need|want|order|buy|necesit\w+|quier\w+|precis\w+|quer)/,
  ],
  [
    "notes",
    /\b(?:notes?|notas?|comments?|comentarios?|observa\w+|special requests?|allerg\w+|alergias?|dietary|restrictions?|preferences?|card message|message|mensaje|mensagem|dedica\w+|additional|extra)\b/,
  ],
  [
    "story",
    /\b(?:reason|motivo|description|descripcion|descricao|what happened|happened|problem|problema|details?|detalles?|issue|symptoms?|goal|objetivo|use case|challenge|pain|needs?|necesidad|necessidade|purpose|occasion|ocasion|ocasiao|injur\w+|damage)\b/,
  ],
  ["size", /\b(?:size|tamano|tamanho|medida|dimensions?|inches|pulgadas)\b/],
  ["color", /\b(?:colou?r|cor)\b/],
  [
    "product",
    /\b(?:products?|productos?|produtos?|items?|articulo|service|servicio|servico|what .*\b(?:needs?|wants?|buy|order)|arrangement|bouquet|flowers|treatment|tratamiento|tratamento|menu|dish)\b/,
  ],
  [
    "recipient",
    /\b(?:recipient|destinatari[oa]|quien (?:lo |la )?recibe|quem (?:vai )?receb\w*|receiver|addressee)\b/,
  ],
  ["name", /\b(?:name|nombre|nome|recipient|destinatario|contact)\b/],
];

/** The topic of a field; `other` when neither name nor description tell. */
export function topicOf(name: string, field: FieldDefinition): FieldTopic {
  if (field.type === "enum") {
    return /\b(?:products?|productos?|produtos?|items?)\b/.test(fold(name.replace(/_/g, " ")))
      ? "product"
      : "other";
  }
  if (field.type === "email" || field.type === "phone" || field.type === "date") return field.type;
  const ownName = fold(name.replace(/_/g, " "));
  if (field.type === "string" && isNameOfAnother(ownName)) return "other_name";
  for (const [topic, pattern] of topics) if (fits(topic, field) && pattern.test(ownName)) return topic;
  const description = fold(field.description);
  for (const [topic, pattern] of topics) if (fits(topic, field) && pattern.test(description)) return topic;
  return "other";
}

function isNameOfAnother(name: string): boolean {
  return /\b(?:name|nombre|nome)\b/.test(name) &&
    /\b(?:pets?|dog|cat|child|kid|baby|student|mascota|perro|gato|hij[oa]|nin[oa]|alumn[oa]|filh[oa]|crianca|product|event|project|team|brand|marca|evento|proyecto|projeto)\b/
      .test(name);
}

const counted: readonly FieldTopic[] = ["quantity", "people", "age", "budget", "size"];
const written: readonly FieldTopic[] = ["quantity", "people", "age"];

function fits(topic: FieldTopic, { type }: FieldDefinition): boolean {
  if (type === "integer" || type === "number") return counted.includes(topic);
  if (type === "string") return !written.includes(topic);
  return type === "enum"
    ? topic === "product" || topic === "size" || topic === "color" || topic === "time"
    : false;
}

/** Whether the days of a date field lie behind: an accident, a birth, a purchase. */
export function isAboutThePast(name: string, { description }: FieldDefinition): boolean {
  return /\b(?:incident|accident|happened|occurred|birth|born|loss|siniestro|ocurrio|nacimiento|nascimento|aconteceu|ocorreu|purchased|paso)\b/
    .test(fold(`${name.replace(/_/g, " ")} ${description}`));
}
