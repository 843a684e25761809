import { useState } from "react";
import { Button, TextField } from "@app/ui/mod.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import type { Saying } from "../../lib/outbox/outbox-entry.ts";
import { type Blank, blanksOf, filledTemplate, fits, previewOf, type Template } from "./template.ts";

interface TemplateFormProps {
  template: Template;
  firstName: string;
  onBack: () => void;
  onSend: (message: Saying) => void;
}

/** A variable of this name is most likely the contact's first name. */
const isName = /^(first_?name|name|nombre|nome)$/i;

/** The blanks of a template, and how the contact will read it. */
export function TemplateForm({ template, firstName, onBack, onSend }: TemplateFormProps) {
  const { words } = useAllSpeech();
  const blanks = blanksOf(template);
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(blanks.map(({ key, name }) => [key, isName.test(name) ? firstName : ""]))
  );
  const isReady = blanks.every((blank) => fits(blank, values[blank.key] ?? ""));
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSend(filledTemplate(template, values));
      }}
    >
      {blanks.map((blank) => (
        <TextField
          key={blank.key}
          label={labelOf(blank)}
          dir="auto"
          required
          maxLength={blank.kind === "code" ? 15 : 1024}
          inputMode={blank.kind === "text" || blank.kind === "code" ? "text" : "url"}
          value={values[blank.key] ?? ""}
          onChange={(event) => setValues({ ...values, [blank.key]: event.target.value })}
        />
      ))}
      <figure>
        <figcaption className="mb-1 text-xs font-semibold text-soft">{words.templates.preview}</figcaption>
        <blockquote
          data-testid="template-preview"
          className="w-fit max-w-full space-y-1.5 rounded-2xl rounded-se-md bg-own px-3 py-2 text-[0.9375rem] text-on-own"
        >
          {previewOf(template, values).map((text, index) => (
            <p key={index} dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">{text}</p>
          ))}
        </blockquote>
      </figure>
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onBack}>{words.templates.others}</Button>
        <Button look="solid" type="submit" disabled={!isReady} data-testid="send-template">
          {words.templates.send}
        </Button>
      </div>
    </form>
  );

  function labelOf({ in: place, kind, name }: Blank): string {
    if (place === "button") return words.templates.button(name);
    if (kind !== "text") return words.templates.files[kind === "code" ? "document" : kind];
    return words.templates.value(name.replaceAll("_", " "));
  }
}
