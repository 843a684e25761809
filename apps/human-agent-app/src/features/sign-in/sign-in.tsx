import type { AuthError } from "@supabase/supabase-js";
import { useState } from "react";
import { Button, TextField } from "@app/ui/mod.ts";
import type { Backend } from "../../lib/backend.ts";
import { returnAddress } from "../../lib/landing.ts";
import { useFirstScreen } from "../../lib/first-screen.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import type { Supabase } from "../../lib/supabase.ts";
import { explainSignIn } from "./explain-sign-in.ts";
import { LanguageChoice } from "../../components/language-choice.tsx";

interface SignInProps {
  backend: Backend;
  /** A session ended by itself; what was on the screen is still there. */
  isAgain?: boolean;
  /** Whoever comes by a link is told what became of it. */
  greeting?: "invited" | "linkEnded" | undefined;
}

/** Signs in with a password, or sends a link by e-mail. */
export function SignIn({ backend, isAgain = false, greeting }: SignInProps) {
  const { words } = useAllSpeech();
  const [state, setState] = useState<{ busy?: "password" | "link"; error?: string; isSent?: boolean }>({});

  useFirstScreen(true);

  /** Why Auth said no, or was not reached: supabase-js itself may still be on its way. */
  async function refusalOf(ask: (supabase: Supabase) => Promise<{ error: AuthError | null }>) {
    const supabase = await backend.supabase().catch(() => null);
    if (!supabase) return words.errors.offline.text;
    const { error } = await ask(supabase);
    return error ? explainSignIn(error, words) : undefined;
  }
  async function withPassword(form: FormData) {
    setState({ busy: "password" });
    const error = await refusalOf(({ auth }) =>
      auth.signInWithPassword({
        email: String(form.get("email")).trim(),
        password: String(form.get("password")),
      })
    );
    setState(error ? { error } : {});
  }
  async function withLink(email: string) {
    if (!email.includes("@")) return setState({ error: words.signIn.emailFirst });
    setState({ busy: "link" });
    const error = await refusalOf(({ auth }) =>
      auth.signInWithOtp({
        email: email.trim(),
        options: { shouldCreateUser: false, emailRedirectTo: returnAddress(location) },
      })
    );
    setState(error ? { error } : { isSent: true });
  }
  return (
    <main
      className={`grid h-full place-items-center overflow-y-auto p-5 ${
        isAgain ? "fixed inset-0 z-40 bg-ink/45 backdrop-blur-sm" : "chat-ground"
      }`}
    >
      <form
        data-testid="sign-in"
        onSubmit={(event) => {
          event.preventDefault();
          void withPassword(new FormData(event.currentTarget));
        }}
        className={`flex w-full max-w-sm flex-col gap-4 rounded-3xl border border-line bg-raised p-7 shadow-high ${
          isAgain ? "animate-rise" : ""
        }`}
      >
        <header className="flex flex-col items-center gap-2 text-center">
          <img src="/icon.svg" alt="" className="size-14 rounded-2xl" />
          <h1 className="text-xl font-bold">{isAgain ? words.signIn.againTitle : words.signIn.title}</h1>
          <p className="text-sm text-soft">
            {isAgain ? words.signIn.againText : words.signIn[greeting ?? "text"]}
          </p>
        </header>
        <TextField label={words.signIn.email} name="email" type="email" autoComplete="username" required />
        <TextField
          label={words.signIn.password}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        {state.error && (
          <p role="alert" className="rounded-xl bg-danger-soft px-3 py-2 text-sm text-danger">
            {state.error}
          </p>
        )}
        {state.isSent && (
          <p
            role="status"
            data-testid="link-sent"
            className="rounded-xl bg-good-soft px-3 py-2 text-sm text-good"
          >
            {words.signIn.linkSent}
          </p>
        )}
        <Button look="solid" type="submit" isBusy={state.busy === "password"} className="min-h-11">
          {words.signIn.submit}
        </Button>
        <Button
          look="link"
          data-testid="send-link"
          isBusy={state.busy === "link"}
          onClick={(event) =>
            void withLink(String(new FormData(event.currentTarget.form ?? undefined).get("email") ?? ""))}
        >
          {words.signIn.link}
        </Button>
        {!isAgain && <LanguageChoice />}
      </form>
    </main>
  );
}
