import { DoorClosed } from "lucide-react";
import { Button, StateMessage } from "@app/ui/mod.ts";
import { signOut } from "../features/sign-in/use-login.ts";
import type { Backend } from "../lib/backend.ts";
import { useAllSpeech } from "../words/later/use-later-words.ts";

/** For somebody who acts for no tenant. */
export function NoTenant({ backend }: { backend: Backend }) {
  const { words } = useAllSpeech();
  return (
    <main className="flex h-full">
      <StateMessage icon={<DoorClosed size={26} />} title={words.noTenant.title} text={words.noTenant.text}>
        <Button onClick={() => void signOut(backend)}>{words.signOut}</Button>
      </StateMessage>
    </main>
  );
}
