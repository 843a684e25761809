import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { showToast } from "@app/ui/mod.ts";
import { toAppError } from "../../lib/app-error.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import type { Session } from "../../lib/records/session.ts";
import { useSpeech } from "../../lib/speech.ts";
import { useComplain } from "../../lib/use-complain.ts";
import { useMembers } from "../../lib/use-members.ts";

const handover = z.looseObject({ still_sending: z.optional(z.array(z.string())) });
const answer = z.unknown();

/** A verb: the SQL function, its further arguments, what is said when it is done, and how to undo it. */
interface Deed {
  name: string;
  args?: Record<string, unknown>;
  done?: string;
  undo?: () => void;
}

/** What can be done with a conversation. Each verb is done once however often it is tapped, and told when it is done. */
export function useVerbs(session: Session) {
  const { backend, tenant } = useDesk();
  const { words } = useSpeech();
  const { nameOfMember } = useMembers();
  const client = useQueryClient();
  const complain = useComplain();
  const [busy, setBusy] = useState<string | null>(null);
  const said = words.verbs.done;

  async function act({ name, args = {}, done, undo }: Deed): Promise<boolean> {
    if (busy) return false;
    setBusy(name);
    try {
      const result = await call(
        backend,
        name,
        { p_tenant_id: tenant.id, p_session_id: session.id, ...args },
        answer,
      );
      const first = Array.isArray(result) ? result[0] : result;
      const sending = handover.safeParse(first).data?.still_sending?.length ?? 0;
      if (done) {
        showToast({
          text: sending > 0 ? `${done} ${words.verbs.stillSending(sending)}` : done,
          ...(undo && { action: { label: words.undo, onPress: undo } }),
        });
      }
      return true;
    } catch (error) {
      const { reason, hint } = toAppError(error);
      if (reason === "held_by_colleague" && hint) {
        showToast({
          text: words.verbs.colleagueHolds(nameOfMember(hint)),
          isError: true,
          action: { label: words.verbs.takeAnyway, onPress: () => void takeOver(false) },
        });
      } else complain(error);
      return false;
    } finally {
      setBusy(null);
      void client.invalidateQueries({ queryKey: keys.session(tenant.id, session.id) });
    }
  }
  const undoWith = (deed: Deed) => () => void act(deed);
  const takeOver = (onlyFree = true) =>
    act({
      name: "take_over",
      args: { p_only_free: onlyFree },
      done: said.take_over,
      undo: undoWith(session.holder === "bot" ? { name: "hand_back" } : { name: "release_session" }),
    });
  return {
    busy,
    takeOver,
    handBack: (note?: string, contract?: Record<string, unknown>) =>
      act({
        name: "hand_back",
        args: { p_note: note || null, p_contract: contract ?? null },
        done: said.hand_back,
        undo: undoWith({ name: "take_over" }),
      }),
    resolve: () =>
      act({ name: "resolve_session", done: said.resolve, undo: undoWith({ name: "reopen_session" }) }),
    reopen: () =>
      act({ name: "reopen_session", done: said.reopen, undo: undoWith({ name: "resolve_session" }) }),
    release: () =>
      act({ name: "release_session", done: said.release, undo: undoWith({ name: "take_over" }) }),
    assign: (to: string, note: string) =>
      act({
        name: "assign_session",
        args: { p_to: to, p_note: note || null },
        done: said.assign(nameOfMember(to)),
        undo: undoWith({ name: "take_over" }),
      }),
    snooze: (until: Date) =>
      act({
        name: "snooze_session",
        args: { p_until: until.toISOString() },
        done: said.snooze,
        undo: undoWith({ name: "snooze_session", args: { p_until: null } }),
      }),
    unsnooze: () => act({ name: "snooze_session", args: { p_until: null } }),
    setPriority: (priority: number) =>
      act({
        name: "set_session_priority",
        args: { p_priority: priority },
        done: said.priority(words.priorities[priority] ?? ""),
        undo: undoWith({ name: "set_session_priority", args: { p_priority: session.priority } }),
      }),
    setTags: (tags: string[]) => act({ name: "set_session_tags", args: { p_tags: tags } }),
    markUnread: () => act({ name: "mark_unread", done: said.unread }),
  };
}

/** What {@linkcode useVerbs} gives. */
export type Verbs = ReturnType<typeof useVerbs>;
