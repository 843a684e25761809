import { useState } from "react";
import { Button, ModalDialog, TextField } from "@app/ui/mod.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import type { Contact } from "./use-contact.ts";
import { useContactVerbs } from "./use-contact-verbs.ts";

/** Corrects a contact: name, tags, and attributes as lines of `name: value`. */
export function EditContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { words } = useAllSpeech();
  const verbs = useContactVerbs(contact.id);
  const [isBusy, setIsBusy] = useState(false);

  async function save(form: FormData) {
    setIsBusy(true);
    const isDone = await verbs.update({
      name: String(form.get("name")),
      tags: String(form.get("tags")).split(",").map((tag) => tag.trim()).filter(Boolean),
      attributes: readAttributes(String(form.get("attributes"))),
    });
    setIsBusy(false);
    if (isDone) onClose();
  }
  return (
    <ModalDialog
      title={words.contact.edit}
      closeLabel={words.close}
      onClose={onClose}
      testId="edit-contact-dialog"
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save(new FormData(event.currentTarget));
        }}
      >
        <TextField
          label={words.contact.name}
          name="name"
          defaultValue={contact.name ?? ""}
          maxLength={200}
          dir="auto"
        />
        <TextField
          label={words.contact.tags}
          name="tags"
          defaultValue={contact.tags.join(", ")}
          hint={words.contact.tagsHint}
        />
        <label className="block text-sm font-medium">
          {words.contact.attributes}
          <textarea
            name="attributes"
            rows={5}
            dir="auto"
            defaultValue={Object.entries(contact.attributes).map(([name, value]) => `${name}: ${value}`).join(
              "\n",
            )}
            className="mt-1 w-full rounded-xl border border-edge/60 bg-raised p-3 text-[0.9375rem] font-normal"
          />
          <span className="text-xs font-normal text-soft">{words.contact.attributesHint}</span>
        </label>
        <div className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="solid" type="submit" isBusy={isBusy}>{words.save}</Button>
        </div>
      </form>
    </ModalDialog>
  );
}

/** Lines of `name: value`; what has no colon is left out. */
function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const at = line.indexOf(":");
      return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : [];
    }),
  );
}
