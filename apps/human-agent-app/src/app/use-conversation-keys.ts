import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import type { Verbs } from "../features/verbs/use-verbs.ts";
import { useDesk } from "../lib/desk.ts";
import type { Session } from "../lib/records/session.ts";

/** The keys of an open conversation: r replies (and takes over if needed), e resolves, n writes a note, Esc closes. */
export function useConversationKeys(session: Session, verbs: Verbs, toggleNote: () => void): void {
  const { tenant, userId } = useDesk();
  const navigate = useNavigate();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const isWriting = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (
      event.metaKey || event.ctrlKey || event.altKey || isWriting || document.querySelector("dialog[open]")
    ) return;
    const isMine = session.holder === "human" && session.assigned_to === userId;
    switch (event.key) {
      case "r":
        event.preventDefault();
        if (isMine) document.querySelector<HTMLElement>("[data-testid=composer]")?.focus();
        else if (session.status === "open") void verbs.takeOver();
        break;
      case "e":
        if (session.status === "open") void verbs.resolve();
        break;
      case "n":
        event.preventDefault();
        toggleNote();
        break;
      case "?":
      case "Escape":
        void navigate({
          to: "/t/$slug",
          params: { slug: tenant.slug },
          search: (previous: object) => previous,
        });
    }
  });
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
