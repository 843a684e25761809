import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useInbox } from "../../lib/realtime/use-inbox.ts";
import type { Session } from "../../lib/records/session.ts";
import { useMembers } from "../../lib/use-members.ts";

/** Not more often than this, however busy it is. */
const quietMs = 4_000;

/** Sounds when a person is wanted, when somebody writes in a conversation of one's own, or one is given or taken, for who has chosen so. */
export function useChime(): void {
  const { tenant, userId } = useDesk();
  const { me } = useMembers();
  const client = useQueryClient();
  const last = useRef(0);
  useInbox((event) => {
    if (me?.notify["sound"] !== true || Date.now() - last.current < quietMs) return;
    const isRequest = event.name === "escalations_changed" && me.notify["mine_only"] !== true;
    const isMine = event.name === "sessions_changed" && event.ids?.some((id) => {
      const session = client.getQueryData<Session>(keys.session(tenant.id, id));
      return session?.assigned_to === userId && session.last_message_from === "contact";
    });
    const isForMe = event.name === "notices_changed" && event.ids?.includes(userId);
    if (!isRequest && !isMine && !isForMe) return;
    last.current = Date.now();
    chime();
  });
}

/** Two soft notes; a browser that wants a tap first stays silent. */
function chime(): void {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
  for (const [index, pitch] of [660, 880].entries()) {
    const note = audio.createOscillator();
    note.frequency.value = pitch;
    note.connect(volume);
    note.start(audio.currentTime + index * 0.12);
    note.stop(audio.currentTime + 0.5);
  }
  setTimeout(() => void audio.close(), 800);
}
