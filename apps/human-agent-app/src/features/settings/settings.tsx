import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { useTheme } from "@app/ui/mod.ts";
import { LanguageChoice } from "../../components/language-choice.tsx";
import { useDesk } from "../../lib/desk.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { AssignmentSettings } from "./assignment-settings.tsx";
import { HandBackSettings } from "./hand-back-settings.tsx";
import { NotificationSettings } from "./notification-settings.tsx";
import { PhoneSettings } from "./phone-settings.tsx";
import { PushSettings } from "./push-settings.tsx";
import { QuickReplySettings } from "./quick-reply-settings.tsx";
import { TeamSettings } from "./team-settings.tsx";

const THEMES = [{ id: "system", icon: Monitor }, { id: "light", icon: Sun }, {
  id: "dark",
  icon: Moon,
}] as const;

/** How the app speaks and looks on this device, and what a person is told. */
export function Settings() {
  const { words } = useAllSpeech();
  const { tenant } = useDesk();
  const { theme, choose } = useTheme();
  return (
    <div className="mx-auto w-full max-w-xl space-y-6 p-5">
      <Part title={words.languageTitle}>
        <LanguageChoice />
      </Part>
      <Part title={words.settings.theme}>
        <div role="group" aria-label={words.settings.theme} className="flex flex-wrap gap-2">
          {THEMES.map(({ id, icon: Icon }) => (
            <button
              key={id}
              type="button"
              aria-pressed={theme === id}
              onClick={() => choose(id)}
              className="flex min-h-11 flex-1 items-center justify-center gap-2 rounded-xl border border-line px-3 text-sm font-medium aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
            >
              <Icon size={17} aria-hidden="true" />
              {words.settings.themes[id]}
            </button>
          ))}
        </div>
      </Part>
      <Part title={words.settings.notifications}>
        <NotificationSettings />
        <PushSettings />
        <PhoneSettings />
      </Part>
      <Part title={words.settings.assignment}>
        <AssignmentSettings />
      </Part>
      {tenant.role !== "agent" && (
        <Part title={words.settings.team.title}>
          <TeamSettings />
        </Part>
      )}
      {tenant.role !== "agent" && (
        <Part title={words.settings.handBack.title}>
          <HandBackSettings />
        </Part>
      )}
      <Part title={words.settings.quickReplies}>
        <QuickReplySettings />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-2xl border border-line bg-raised p-4">
      <h2 className="mb-3 font-semibold">{title}</h2>
      {children}
    </section>
  );
}
