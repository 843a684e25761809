import type { Words } from "../i18n/words.ts";
import { Field } from "./field.tsx";

/** A person to be made. `isHidden`: the business never sees the phone. */
interface PersonInput {
  name: string;
  phone: string;
  isHidden: boolean;
}

interface NewPersonProps {
  words: Words;
  person: PersonInput;
  /** What kept the person from being made; `""`: nothing. */
  problem: string;
  onChange: (person: PersonInput) => void;
}

/** The fields that describe a new customer. */
export function NewPerson({ words, person, problem, onChange }: NewPersonProps) {
  return (
    <>
      <Field
        label={words.name}
        value={person.name}
        required
        maxLength={512}
        onChange={(event) => onChange({ ...person, name: event.target.value })}
      />
      {!person.isHidden && (
        <Field
          label={words.phone}
          type="tel"
          dir="ltr"
          value={person.phone}
          required
          problem={problem}
          onChange={(event) => onChange({ ...person, phone: event.target.value })}
        />
      )}
      <label className="flex items-start gap-3 text-sm">
        <input
          type="checkbox"
          checked={person.isHidden}
          onChange={(event) => onChange({ ...person, isHidden: event.target.checked })}
          className="mt-0.5 size-4.5 accent-accent"
        />
        <span>
          <span className="block font-medium">{words.noPhone}</span>
          <span className="text-soft">{words.noPhoneHint}</span>
        </span>
      </label>
      {person.isHidden && problem && <p role="alert" className="text-sm text-danger">{problem}</p>}
    </>
  );
}
