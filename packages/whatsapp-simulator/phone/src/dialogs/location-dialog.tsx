import { LocateFixed } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ModalDialog } from "@app/ui/mod.ts";
import type { Words } from "../i18n/words.ts";
import { Field, SubmitButton } from "./field.tsx";

interface LocationDialogProps {
  words: Words;
  onClose: () => void;
  onSend: (place: { latitude: number; longitude: number; name?: string }) => void;
}

/** A place to send: written, or where this device is. It begins at the Zócalo of Mexico City. */
export function LocationDialog({ words, onClose, onSend }: LocationDialogProps) {
  const [latitude, setLatitude] = useState("19.43260");
  const [longitude, setLongitude] = useState("-99.13321");
  const [name, setName] = useState("");
  const [problem, setProblem] = useState("");

  function locate() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLatitude(coords.latitude.toFixed(5));
        setLongitude(coords.longitude.toFixed(5));
      },
      (error) => setProblem(error.message),
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    onSend({
      latitude: Number(latitude),
      longitude: Number(longitude),
      ...(name.trim() && { name: name.trim() }),
    });
  }
  return (
    <ModalDialog title={words.position} closeLabel={words.close} onClose={onClose} testId="location-dialog">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3">
          <Field
            label={words.latitude}
            type="number"
            step="any"
            min={-90}
            max={90}
            required
            value={latitude}
            onChange={(event) =>
              setLatitude(event.target.value)}
          />
          <Field
            label={words.longitude}
            type="number"
            step="any"
            min={-180}
            max={180}
            required
            value={longitude}
            onChange={(event) =>
              setLongitude(event.target.value)}
          />
        </div>
        <Field
          label={words.place}
          maxLength={200}
          value={name}
          onChange={(event) =>
            setName(event.target.value)}
        />
        <button
          type="button"
          onClick={locate}
          className="flex items-center gap-2 self-start rounded-full px-3 py-2 text-sm font-semibold text-accent hover:bg-accent-soft"
        >
          <LocateFixed size={16} aria-hidden="true" />
          {words.myPosition}
        </button>
        {problem && <p role="alert" className="text-sm text-danger">{problem}</p>}
        <SubmitButton>{words.sendPosition}</SubmitButton>
      </form>
    </ModalDialog>
  );
}
