import {
  AlarmClock,
  AlarmClockOff,
  Bot,
  Check,
  CheckCheck,
  Flag,
  Inbox,
  MailOpen,
  Tag,
  UserRoundPlus,
} from "lucide-react";
import type { MenuItem } from "@app/ui/mod.ts";
import type { Session } from "../../lib/records/session.ts";
import type { Words } from "../../words/words.ts";
import { snoozeTimes } from "./snooze-times.ts";
import type { Verbs } from "./use-verbs.ts";

/** A verb that asks for more before it is done. */
export type VerbDialog = "assign" | "hand_back" | "tags";

interface VerbMenuOptions {
  session: Session;
  verbs: Verbs;
  words: Words;
  isMine: boolean;
  onDialog: (dialog: VerbDialog) => void;
}

const icon = 16;

/** Everything that can be done with a conversation as it stands, in groups. */
export function verbMenu({ session, verbs, words, isMine, onDialog }: VerbMenuOptions): MenuItem[][] {
  if (session.status !== "open") return [[tags()], priorities()];
  const isHeld = session.holder === "human";
  const isSnoozed = session.snoozed_until !== null && Date.parse(session.snoozed_until) > Date.now();
  return [
    [
      {
        id: "assign",
        label: words.verbs.assign,
        icon: <UserRoundPlus size={icon} />,
        onChoose: () => onDialog("assign"),
      },
      ...(session.holder !== "bot"
        ? [{
          id: "hand-back",
          label: words.verbs.hand_back,
          icon: <Bot size={icon} />,
          onChoose: () => onDialog("hand_back"),
        }]
        : []),
      ...(isHeld
        ? [{
          id: "release",
          label: words.verbs.release,
          icon: <Inbox size={icon} />,
          onChoose: () => void verbs.release(),
        }]
        : []),
      ...(isMine ? [] : [{
        id: "resolve",
        label: words.verbs.resolve,
        icon: <CheckCheck size={icon} />,
        onChoose: () => void verbs.resolve(),
      }]),
    ],
    [
      tags(),
      {
        id: "unread",
        label: words.verbs.unread,
        icon: <MailOpen size={icon} />,
        onChoose: () => void verbs.markUnread(),
      },
    ],
    isSnoozed
      ? [{
        id: "unsnooze",
        label: words.verbs.unsnooze,
        icon: <AlarmClockOff size={icon} />,
        onChoose: () => void verbs.unsnooze(),
      }]
      : session.holder === "bot"
      ? []
      : snoozeTimes(new Date()).map(({ id, until }) => ({
        id: `snooze-${id}`,
        label: words.verbs.snooze[id],
        icon: <AlarmClock size={icon} />,
        onChoose: () => void verbs.snooze(until),
      })),
    priorities(),
  ];

  function tags(): MenuItem {
    return {
      id: "tags",
      label: words.verbs.tags,
      icon: <Tag size={icon} />,
      onChoose: () => onDialog("tags"),
    };
  }
  function priorities(): MenuItem[] {
    return words.priorities.map((label, priority) => ({
      id: `priority-${priority}`,
      label,
      icon: priority === session.priority
        ? <Check size={icon} />
        : <Flag size={icon} className={priority >= 2 ? "text-unread" : "opacity-50"} />,
      isChosen: priority === session.priority,
      onChoose: () => void verbs.setPriority(priority),
    }));
  }
}
