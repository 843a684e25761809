import { type FormEvent, useState } from "react";
import { ModalDialog } from "@app/ui/mod.ts";
import type { Customer } from "../../../src/ledger-event.ts";
import { saveCustomer } from "../api/simulator-api.ts";
import type { Words } from "../i18n/words.ts";
import type { PhoneState } from "../state/phone-state.ts";
import type { Pair } from "../state/use-sending.ts";
import { Choice, Field, SubmitButton } from "./field.tsx";
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
  const [name, setName] = useState("");
  const [phone, setPhone] = useState(randomPhone);
  const [isHidden, setIsHidden] = useState(false);
  const [number, setNumber] = useState(state.numbers[0]?.phone_number_id ?? "");
  const [problem, setProblem] = useState("");

  async function submit(event: FormEvent) {
    event.preventDefault();
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
              <>
                <Field
                  label={words.name}
                  value={name}
                  required
                  maxLength={512}
                  autoFocus
                  onChange={(event) => setName(event.target.value)}
                />
                {!isHidden && (
                  <Field
                    label={words.phone}
                    type="tel"
                    dir="ltr"
                    value={phone}
                    required
                    problem={problem}
                    onChange={(event) => setPhone(event.target.value)}
                  />
                )}
                <label className="flex items-start gap-3 text-sm">
                  <input
                    type="checkbox"
                    checked={isHidden}
                    onChange={(event) =>
                      setIsHidden(event.target.checked)}
                    className="mt-0.5 size-4.5 accent-accent"
                  />
                  <span>
                    <span className="block font-medium">{words.noPhone}</span>
                    <span className="text-soft">{words.noPhoneHint}</span>
                  </span>
                </label>
              </>
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
