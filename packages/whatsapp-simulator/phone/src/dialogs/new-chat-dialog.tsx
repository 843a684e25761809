import { type FormEvent, useState } from "react";
import { ModalDialog } from "@app/ui/mod.ts";
import type { Customer } from "../../../src/ledger-event.ts";
import { saveCustomer } from "../api/simulator-api.ts";
import type { Words } from "../i18n/words.ts";
import type { PhoneState } from "../state/phone-model.ts";
import type { Pair } from "../state/use-sending.ts";
import { Choice, SubmitButton } from "./field.tsx";
import { NewPerson } from "./new-person.tsx";
import { randomPhone, randomUserId } from "./random-identity.ts";

interface NewChatDialogProps {
  state: PhoneState;
  words: Words;
  onClose: () => void;
  /** `customer` is given if the person is new. */
  onOpen: (customer: Customer | undefined, pair: Pair) => void;
}

/** Who writes to which number. */
export function NewChatDialog({ state, words, onClose, onOpen }: NewChatDialogProps) {
  const [person, setPerson] = useState("");
  const [newPerson, setNewPerson] = useState(() => ({ name: "", phone: randomPhone(), isHidden: false }));
  const [number, setNumber] = useState(state.numbers[0]?.phone_number_id ?? "");
  const [problem, setProblem] = useState("");

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { name, phone, isHidden } = newPerson;
    if (person !== "") return onOpen(undefined, { customer: person, phoneNumberId: number });
    if (!isHidden && !/^\d{7,15}$/.test(phone.replace(/[+\s().-]/g, ""))) return setProblem(words.wrongPhone);
    try {
      const customer = await saveCustomer({
        name: name.trim(),
        ...(isHidden ? { bsuid: randomUserId() } : { phone }),
      });
      onOpen(customer, { customer: customer.id, phoneNumberId: number });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }
  const customers = Object.values(state.customers);
  return (
    <ModalDialog title={words.newChat} closeLabel={words.close} onClose={onClose} testId="new-chat-dialog">
      {state.numbers.length === 0
        ? <p className="py-4 text-soft">{words.noNumbers}</p>
        : (
          <form onSubmit={submit} className="flex flex-col gap-4">
            {customers.length > 0 && (
              <Choice
                label={words.person}
                value={person}
                onChange={(event) => setPerson(event.target.value)}
              >
                <option value="">{words.newPerson}</option>
                {customers.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
              </Choice>
            )}
            {person === "" && (
              <NewPerson words={words} person={newPerson} problem={problem} onChange={setNewPerson} />
            )}
            <Choice
              label={words.number}
              value={number}
              onChange={(event) =>
                setNumber(event.target.value)}
            >
              {state.numbers.map((each) => (
                <option key={each.phone_number_id} value={each.phone_number_id}>
                  {each.name} · {each.display_phone_number}
                </option>
              ))}
            </Choice>
            <SubmitButton data-testid="start-chat">{words.startChat}</SubmitButton>
          </form>
        )}
    </ModalDialog>
  );
}
