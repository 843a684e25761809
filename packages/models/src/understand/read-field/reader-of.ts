import type { FieldProfile } from "../field-profile.ts";
import type { FieldReader } from "./candidate.ts";
import { readBoolean } from "./read-boolean.ts";
import { readCompany } from "./read-company.ts";
import { readCodeField, readEmailField, readPhoneField, readTaxIdField } from "./read-contact-field.ts";
import { readDateField, readTimeField } from "./read-date-field.ts";
import { readName } from "./read-name.ts";
import { readNumber } from "./read-number.ts";
import { readOption } from "./read-option.ts";
import { readAddress, readCity } from "./read-place.ts";
import { readProduct } from "./read-product.ts";

/** The reader for a field, by its type and, for texts, by its topic. Texts of no topic are only read as answers. */
export function readerOf({ field, topic }: FieldProfile): FieldReader {
  switch (field.type) {
    case "integer":
    case "number":
      return readNumber;
    case "date":
      return readDateField;
    case "boolean":
      return readBoolean;
    case "enum":
      return readOption;
    case "email":
      return readEmailField;
    case "phone":
      return readPhoneField;
    case "string":
      return readerOfTopic(topic);
  }
}

function readerOfTopic(topic: FieldProfile["topic"]): FieldReader {
  switch (topic) {
    case "email":
      return readEmailField;
    case "phone":
      return readPhoneField;
    case "tax_id":
      return readTaxIdField;
    case "code":
      return readCodeField;
    case "time":
      return readTimeField;
    case "name":
      return readName;
    case "company":
      return readCompany;
    case "product":
      return readProduct;
    case "address":
      return readAddress;
    case "city":
      return readCity;
    default:
      return () => [];
  }
}
