import { isAuthError } from "@supabase/supabase-js";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Button, TextField } from "@app/ui/mod.ts";
import { toAppError } from "../../lib/app-error.ts";
import type { Backend } from "../../lib/backend.ts";
import { call } from "../../lib/call.ts";
import { keys } from "../../lib/keys.ts";
import { landing } from "../../lib/landing.ts";
import { myTenants } from "../../lib/records/people.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { acceptInvitation } from "./accept-invitation.ts";

interface InvitationProps {
  backend: Backend;
  userId: string;
  token: string;
  /** Ends the session, to sign in with another address. */
  onSignOut: () => void;
}

/** What cannot be mended by trying again. */
const final = ["invitation_unknown", "invitation_used", "invitation_revoked", "invitation_expired"];

/** Joins a tenant: who was invited says what they are called, and somebody new chooses a password. */
export function Invitation({ backend, userId, token, onSignOut }: InvitationProps) {
  const { words } = useAllSpeech();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ reason: string; text: string } | null>(null);
  // Not every Auth says "invite" in its link; who came by any mail may be without a password.
  const isNew = landing.type === "invite";

  async function join(form: FormData) {
    setIsBusy(true);
    setRefusal(null);
    try {
      const id = await acceptInvitation(backend, {
        token,
        name: String(form.get("name") ?? "").trim(),
        password: String(form.get("password") ?? ""),
      });
      const tenants = await call(backend, "list_my_tenants", {}, myTenants);
      client.setQueryData(keys.tenants(userId), tenants);
      const tenant = tenants.find((each) => each.id === id);
      await (tenant
        ? navigate({ to: "/t/$slug", params: { slug: tenant.slug }, replace: true })
        : navigate({ to: "/", replace: true }));
    } catch (error) {
      setRefusal(explain(error));
    } finally {
      setIsBusy(false);
    }
  }
  function explain(error: unknown) {
    if (isAuthError(error)) {
      const isWeak = error.code === "weak_password";
      return { reason: "", text: isWeak ? words.invitation.weakPassword : words.errors.failed.text };
    }
    const { kind, reason = "" } = toAppError(error);
    return { reason, text: words.invitation.refusals[reason] ?? words.errors[kind].text };
  }
  const isOver = refusal !== null && final.includes(refusal.reason);
  return (
    <main className="chat-ground grid h-full place-items-center overflow-y-auto p-5">
      <form
        data-testid="invitation"
        onSubmit={(event) => {
          event.preventDefault();
          void join(new FormData(event.currentTarget));
        }}
        className="flex w-full max-w-sm animate-rise flex-col gap-4 rounded-3xl border border-line bg-raised p-7 shadow-high"
      >
        <header className="flex flex-col items-center gap-2 text-center">
          <img src="/icon.svg" alt="" className="size-14 rounded-2xl" />
          <h1 className="text-xl font-bold">{words.invitation.title}</h1>
          <p className="text-sm text-soft">{words.invitation.text}</p>
        </header>
        {!isOver && (
          <>
            <TextField
              label={words.invitation.name}
              name="name"
              autoComplete="name"
              required
              maxLength={80}
              dir="auto"
            />
            {landing.type !== null && (
              <TextField
                label={words.signIn.password}
                hint={isNew ? words.invitation.passwordHint : words.invitation.passwordIfNone}
                name="password"
                type="password"
                autoComplete="new-password"
                required={isNew}
                minLength={8}
                maxLength={72}
              />
            )}
          </>
        )}
        {refusal && (
          <p role="alert" className="rounded-xl bg-danger-soft px-3 py-2 text-sm text-danger">
            {refusal.text}
          </p>
        )}
        {wayOn()}
      </form>
    </main>
  );

  function wayOn(): ReactNode {
    const toApp = (
      <Button onClick={() => void navigate({ to: "/", replace: true })}>{words.invitation.toApp}</Button>
    );
    if (isOver || refusal?.reason === "already_member") return toApp;
    if (refusal?.reason === "invitation_foreign") {
      return (
        <>
          <Button look="solid" onClick={onSignOut}>{words.invitation.otherAddress}</Button>
          {toApp}
        </>
      );
    }
    return (
      <Button look="solid" type="submit" isBusy={isBusy} className="min-h-11">{words.invitation.join}</Button>
    );
  }
}
