import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { DoorClosed } from "lucide-react";
import { useEffect } from "react";
import { Button, StateMessage } from "@app/ui/mod.ts";
import { signOut } from "../features/sign-in/use-login.ts";
import type { Backend } from "../lib/backend.ts";
import type { Tenant } from "../lib/records/people.ts";
import { useAllSpeech } from "../words/later/use-later-words.ts";

interface RemovedProps {
  backend: Backend;
  /** The tenant that the person does not act for any more. */
  tenant: Tenant;
  /** Whether they act for another. */
  hasOthers: boolean;
}

/** In place of the desk when its person was removed: says so, forgets what was kept of the tenant, and leads on. */
export function Removed({ backend, tenant, hasOthers }: RemovedProps) {
  const { words } = useAllSpeech();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => client.removeQueries({ queryKey: [tenant.id] }), [client, tenant.id]);
  const { title, text } = words.removed(tenant.name);
  return (
    <main className="flex h-full" data-testid="removed">
      <StateMessage icon={<DoorClosed size={26} />} title={title} text={text}>
        {hasOthers && (
          <Button look="solid" onClick={() => void navigate({ to: "/" })}>{words.toOtherTenant}</Button>
        )}
        <Button onClick={() => void signOut(backend)}>{words.signOut}</Button>
      </StateMessage>
    </main>
  );
}
