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
import { Menu, type MenuItem } from "@app/ui/mod.ts";
import type { Session } from "../../lib/records/session.ts";
import { useDesk } from "../../lib/desk.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import type { LaterWords } from "../../words/later/later-words.ts";
import type { Words } from "../../words/words.ts";
import { snoozeTimes } from "./snooze-times.ts";
import type { Verbs } from "./use-verbs.ts";
import type { VerbDialog } from "./verb-dialog.ts";
import { VerbMenuButton } from "./verb-menu-button.tsx";

interface VerbMenuProps {
  session: Session;
  verbs: Verbs;
  onDialog: (dialog: VerbDialog) => void;
}

/** The menu of everything that can be done with a conversation; it is there when somebody has asked for it, and opens. */
export function VerbMenu(props: VerbMenuProps) {
  const { words } = useAllSpeech();
  const { userId } = useDesk();
  const { holder, assigned_to } = props.session;
  const isMine = holder === "human" && assigned_to === userId;
  return (
    <Menu
      label={words.verbs.menu}
      trigger={<VerbMenuButton />}
      groups={() => verbMenu({ ...props, words, isMine })}
      isOpenAtOnce
    />
  );
}

interface VerbMenuOptions extends VerbMenuProps {
  isMine: boolean;
  words: Words & LaterWords;
}

const icon = 16;

/** Everything that can be done with a conversation as it stands, in groups. */
function verbMenu({ session, verbs, words, isMine, onDialog }: VerbMenuOptions): MenuItem[][] {
  if (session.status !== "open") return [[tags()], priorities()];
  const isHeld = session.holder === "human";
  const isSnoozed = session.snoozed_until !== null && Date.parse(session.snoozed_until) > Date.now();
  return [
    [
      {
        id: "assign",
        label: words.verbDialogs.assign,
        icon: <UserRoundPlus size={icon} />,
        onChoose: () => onDialog("assign"),
      },
      ...(session.holder !== "bot"
        ? [{
          id: "hand-back",
          label: words.verbDialogs.hand_back,
          icon: <Bot size={icon} />,
          onChoose: () => onDialog("hand_back"),
        }]
        : []),
      ...(isHeld
        ? [{
          id: "release",
          label: words.verbDialogs.release,
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
        label: words.verbDialogs.unread,
        icon: <MailOpen size={icon} />,
        onChoose: () => void verbs.markUnread(),
      },
    ],
    isSnoozed
      ? [{
        id: "unsnooze",
        label: words.verbDialogs.unsnooze,
        icon: <AlarmClockOff size={icon} />,
        onChoose: () => void verbs.unsnooze(),
      }]
      : session.holder === "bot"
      ? []
      : snoozeTimes(new Date()).map(({ id, until }) => ({
        id: `snooze-${id}`,
        label: words.verbDialogs.snooze[id],
        icon: <AlarmClock size={icon} />,
        onChoose: () => void verbs.snooze(until),
      })),
    priorities(),
  ];

  function tags(): MenuItem {
    return {
      id: "tags",
      label: words.verbDialogs.tags,
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
