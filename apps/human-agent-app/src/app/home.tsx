import { Navigate, useRouteContext } from "@tanstack/react-router";
import { DoorClosed } from "lucide-react";
import { Button, StateMessage } from "@app/ui/mod.ts";
import { LoadError } from "../components/load-error.tsx";
import { signOut } from "../features/sign-in/use-login.ts";
import { useSpeech } from "../lib/speech.ts";
import { Splash } from "./splash.tsx";
import { lastTenant, useTenants } from "./use-tenants.ts";

/** Leads to the tenant that was last worked for, or the first. */
export function Home() {
  const { words } = useSpeech();
  const { backend, userId } = useRouteContext({ from: "__root__" });
  const tenants = useTenants(backend, userId);
  if (tenants.isPending) return <Splash />;
  if (tenants.error) return <LoadError error={tenants.error} onRetry={() => void tenants.refetch()} />;
  const tenant = tenants.data.find((each) => each.slug === lastTenant()) ?? tenants.data[0];
  if (tenant) return <Navigate to="/t/$slug" params={{ slug: tenant.slug }} replace />;
  return (
    <main className="flex h-full">
      <StateMessage icon={<DoorClosed size={26} />} title={words.noTenant.title} text={words.noTenant.text}>
        <Button onClick={() => void signOut(backend)}>{words.signOut}</Button>
      </StateMessage>
    </main>
  );
}
