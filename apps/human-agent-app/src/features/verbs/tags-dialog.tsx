import { X } from "lucide-react";
import { useState } from "react";
import { Button, ModalDialog, TextField } from "@app/ui/mod.ts";
import type { Session } from "../../lib/records/session.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import type { Verbs } from "./use-verbs.ts";

/** The tags of a conversation; each change is kept at once. */
export function TagsDialog(
  { verbs, session, onClose }: { verbs: Verbs; session: Session; onClose: () => void },
) {
  const { words } = useAllSpeech();
  const [typed, setTyped] = useState("");
  const { tags } = session;
  return (
    <ModalDialog
      title={words.verbDialogs.tags}
      closeLabel={words.close}
      onClose={onClose}
      testId="tags-dialog"
    >
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const tag = typed.trim();
          if (tag && !tags.includes(tag)) {
            void verbs.setTags([...tags, tag]);
          }
          setTyped("");
        }}
      >
        <TextField
          label={words.verbDialogs.newTag}
          value={typed}
          maxLength={40}
          onChange={(event) => setTyped(event.target.value)}
          className="flex-1"
        />
        <Button look="solid" type="submit" className="min-h-11" disabled={tags.length >= 20}>
          {words.add}
        </Button>
      </form>
      <ul className="mt-4 flex flex-wrap gap-2">
        {tags.map((tag) => (
          <li
            key={tag}
            className="flex items-center rounded-full bg-accent-soft ps-3 text-sm font-medium text-accent"
          >
            <bdi>#{tag}</bdi>
            <button
              type="button"
              aria-label={words.verbDialogs.removeTag(tag)}
              onClick={() => void verbs.setTags(tags.filter((each) => each !== tag))}
              className="grid size-9 place-items-center rounded-full hover:bg-ink/10"
            >
              <X size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </ModalDialog>
  );
}
