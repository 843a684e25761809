import { useState } from "react";
import { Avatar, Button, ModalDialog, TextField } from "@app/ui/mod.ts";
import { nameOf } from "../../lib/records/session.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import type { Contact } from "./use-contact.ts";
import { useContactVerbs } from "./use-contact-verbs.ts";
import { type FoundPerson, useFindPeople } from "./use-find-people.ts";

/** Makes two contacts one: the other is looked for, and what will happen is said before it does. */
export function MergeContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { words } = useAllSpeech();
  const verbs = useContactVerbs(contact.id);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<FoundPerson | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { people, isEmpty } = useFindPeople(text, contact.id);
  const nameOfFound = (person: FoundPerson) =>
    nameOf({ contact_name: person.name, contact_phone: person.phone }, words.unknownContact);

  async function merge(person: FoundPerson) {
    setIsBusy(true);
    const isDone = await verbs.merge(person.contactId);
    setIsBusy(false);
    if (isDone) onClose();
  }
  return (
    <ModalDialog title={words.contact.merge} closeLabel={words.close} onClose={onClose} testId="merge-dialog">
      {chosen
        ? (
          <div className="space-y-3 text-sm">
            <p className="font-medium [overflow-wrap:anywhere]" dir="auto">
              {words.contact.mergeQuestion(contact.name ?? words.unknownContact, nameOfFound(chosen))}
            </p>
            <ul className="list-disc space-y-1 ps-5 text-soft">
              {words.contact.mergeEffects.map((effect) => <li key={effect}>{effect}</li>)}
            </ul>
            <div className="flex flex-wrap justify-end gap-2 pt-1">
              <Button onClick={() => setChosen(null)}>{words.cancel}</Button>
              <Button
                look="solid"
                isBusy={isBusy}
                data-testid="confirm-merge"
                onClick={() =>
                  void merge(chosen)}
              >
                {words.contact.mergeConfirm}
              </Button>
            </div>
          </div>
        )
        : (
          <>
            <TextField
              label={words.contact.mergeWith}
              value={text}
              dir="auto"
              data-testid="merge-search"
              onChange={(event) => setText(event.target.value)}
              className="mb-2"
            />
            {isEmpty && <p role="status" className="py-2 text-sm text-soft">{words.contact.mergeNobody}</p>}
            <ul>
              {people.map((person) => (
                <li key={person.contactId}>
                  <Button
                    look="link"
                    className="w-full justify-start! px-2! text-ink!"
                    data-testid="merge-with"
                    onClick={() => setChosen(person)}
                  >
                    <Avatar name={nameOfFound(person)} size={34} />
                    <bdi className="min-w-0 flex-1 truncate text-start">{nameOfFound(person)}</bdi>
                    {person.phone && (
                      <span className="text-xs font-normal text-soft" dir="ltr">+{person.phone}</span>
                    )}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
    </ModalDialog>
  );
}
