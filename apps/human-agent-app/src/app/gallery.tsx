import { Inbox } from "lucide-react";
import { useMemo, useState } from "react";
import {
  Avatar,
  Badge,
  Banner,
  Button,
  type ChatContent,
  ChatHistory,
  type ChatItem,
  IconButton,
  Menu,
  ModalDialog,
  Popover,
  showToast,
  Skeleton,
  StateMessage,
  Switch,
  TextField,
  useTheme,
  VoiceRecording,
} from "@app/ui/mod.ts";
import { useSpeech } from "../lib/speech.ts";
import { sampleSound } from "./sample-sound.ts";

const openedAt = Date.now();
const tones = ["plain", "accent", "bot", "good", "notice", "danger"] as const;
const colours = [
  "paper",
  "surface",
  "raised",
  "line",
  "edge",
  "ink",
  "soft",
  "accent",
  "own",
  "bot",
  "good",
  "danger",
  "notice",
];

/** Everything of packages/ui on one page: for who designs, and for a look after a change. */
export function Gallery() {
  const { labels } = useSpeech();
  const { shown, choose } = useTheme();
  const [isOn, setIsOn] = useState(true);
  const [isOpen, setIsOpen] = useState(false);
  const [isPaneOpen, setIsPaneOpen] = useState(false);
  const items = useMemo(() => samplesWith(sampleSound()), []);
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-5xl gap-6 p-6 md:grid-cols-2">
        <h1 className="text-xl font-bold md:col-span-2">packages/ui</h1>
        <section className="flex flex-wrap items-center gap-2">
          <Button look="solid">solid</Button>
          <Button>quiet</Button>
          <Button look="danger">danger</Button>
          <Button look="link">link</Button>
          <Button isBusy>busy</Button>
          <IconButton label="plain">
            <Inbox size={19} />
          </IconButton>
          <IconButton label="solid" tone="solid">
            <Inbox size={19} />
          </IconButton>
          <IconButton label="notice" tone="notice">
            <Inbox size={19} />
          </IconButton>
        </section>
        <section className="flex flex-wrap items-center gap-2">
          {tones.map((tone) => <Badge key={tone} tone={tone}>{tone}</Badge>)}
          {["Ana López", "محمد", "+591 7", "🙂"].map((name) => <Avatar key={name} name={name} />)}
        </section>
        <section className="flex flex-wrap gap-2">
          {colours.map((name) => (
            <span key={name} className="flex items-center gap-2 text-xs">
              <svg width="22" height="22" aria-hidden="true">
                <rect width="22" height="22" rx="6" fill={`var(--ui-${name})`} stroke="var(--ui-edge)" />
              </svg>
              {name}
            </span>
          ))}
        </section>
        <section className="space-y-3">
          <TextField label="Label" hint="hint" />
          <TextField label="Label" error="error" />
          <Switch label="Switch" hint="hint" isOn={isOn} onChange={setIsOn} />
        </section>
        <section className="overflow-hidden rounded-2xl border border-line">
          {(["notice", "danger", "accent"] as const).map((tone) => (
            <Banner key={tone} tone={tone}>{tone}</Banner>
          ))}
          <StateMessage
            icon={<Inbox size={26} />}
            title="Empty"
            text="What happened, what was kept, what to do."
          />
          <div className="space-y-2 p-4">
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-10" />
          </div>
        </section>
        <section className="flex flex-wrap content-start gap-2">
          <Menu
            label="Menu"
            trigger={<Button>Menu</Button>}
            groups={() => [[{ id: "a", label: "One", onChoose: () => {} }], [{
              id: "b",
              label: "Away",
              isDanger: true,
              onChoose: () => {},
            }]]}
          />
          <Popover
            label="Popover"
            isOpen={isPaneOpen}
            onOpenChange={setIsPaneOpen}
            trigger={<Button>Popover</Button>}
          >
            <p className="p-3 text-sm">A small pane beside its button.</p>
          </Popover>
          <Button onClick={() => setIsOpen(true)}>Dialog</Button>
          <Button onClick={() => showToast({ text: "Done.", action: { label: "Undo", onPress: () => {} } })}>
            Toast
          </Button>
          <Button onClick={() => choose(shown === "dark" ? "light" : "dark")}>{shown}</Button>
        </section>
        <section className="flex h-[44rem] md:col-span-2">
          <ChatHistory
            data={{ items, hasEarlier: false, isLoadingEarlier: false, onEarlier: () => {} }}
            labels={labels}
            actions={{ onSendAgain: () => {}, onDetails: () => {}, onReply: () => {}, onReact: () => {} }}
          />
        </section>
        <section className="md:col-span-2">
          <VoiceRecording
            labels={labels}
            recorder={{ state: "recording", startedAt: openedAt, start() {}, finish() {}, discard() {} }}
          />
        </section>
      </div>
      {isOpen && (
        <ModalDialog title="Dialog" closeLabel={labels.close} onClose={() => setIsOpen(false)}>…</ModalDialog>
      )}
    </main>
  );
}

const at = (minute: number) => new Date(Date.UTC(2026, 10, 30, 12, minute)).toISOString();
const bot = { name: "Bot", kind: "bot" } as const;
const agent = { name: "Gabriela Mamani", kind: "agent" } as const;

const contents: [Partial<ChatItem>, ChatContent][] = [
  [{}, { kind: "text", text: "hola, necesito 400 cajas para pizza 🍕" }],
  [{ side: "own", author: bot, hasDetails: true, delivery: { state: "read" } }, {
    kind: "buttons",
    text: "¿De qué medida?",
    buttons: [{ id: "10", title: "10 pulgadas" }, { id: "12", title: "12 pulgadas" }],
  }],
  [{ reactions: ["👍"] }, {
    kind: "location",
    latitude: -16.5,
    longitude: -68.15,
    name: "Almacén",
    address: "El Alto",
  }],
  [{}, { kind: "contacts", names: ["محمد العلي", "Ana"] }],
  [{}, { kind: "order", lines: ["2 × caja-10 · 1.2 USD"], note: "con logo" }],
  [{}, { kind: "missing", text: "Foto", caption: "el logo" }],
  [{}, { kind: "unknown", type: "poll" }],
  [{ side: "own" }, { kind: "system", text: "Gabriela tomó la conversación" }],
  [{ side: "own", author: agent }, { kind: "note", text: "Cliente de siempre: ofrecer 5 %" }],
  [{
    side: "own",
    author: agent,
    delivery: { state: "delivered" },
    quote: { author: "Ana", text: "¿cuánto tarda?" },
  }, {
    kind: "text",
    text: "Tres días hábiles.",
  }],
  [{
    side: "own",
    author: agent,
    delivery: { state: "failed" },
    problem: { text: "No se entregó.", action: "Reintentar", details: "131026 · Message undeliverable" },
  }, {
    kind: "text",
    text: "¿Le mando el contrato?",
  }],
  [{}, { kind: "text", text: "<img src=x onerror=alert(1)> no es código, es texto" }],
];

const samplesWith = (sound: string): ChatItem[] =>
  [
    ...contents,
    [{ canAnswer: true }, {
      kind: "audio",
      url: sound,
      transcript: "Buenas, ¿cuánto sale el envío?",
    }] as const,
  ]
    .map(([more, content], index) => ({
      id: `sample-${index}`,
      side: "other",
      at: at(index),
      content,
      ...more,
    }));
