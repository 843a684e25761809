import { useParams, useRouterState } from "@tanstack/react-router";
import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { Banner } from "@app/ui/mod.ts";
import { later, useFetchAhead } from "../components/later.tsx";
import { useDesk } from "../lib/desk.ts";
import { atLeisure, useAfter } from "../lib/first-screen.ts";
import { useOutboxWorker } from "../lib/outbox/use-outbox-worker.ts";
import { useSpeech } from "../lib/speech.ts";
import { useIsOnline } from "../lib/use-is-online.ts";
import { NavigationSkeleton } from "./navigation-skeleton.tsx";
import { QueueSkeleton } from "./queue-skeleton.tsx";

/** Beside an open conversation there is room for the queue from here on; below, they take turns. */
const hasRoom = () => matchMedia("(min-width: 768px)").matches;
const besideConversation = () => hasRoom() ? "after first screen" : "at leisure";

const Navigation = later<{ isHidden: boolean }>({
  load: () => import("./navigation-bar.tsx").then((module) => module.NavigationBar),
  Waiting: NavigationSkeleton,
  when: ({ isHidden }) => isHidden ? besideConversation() : "now",
  isFirst: true,
});
const Queue = later<{ isAlone: boolean; currentId: string | undefined }>({
  load: () => import("./queue.tsx").then((module) => module.Queue),
  Waiting: QueueSkeleton,
  when: ({ isAlone }) => isAlone ? "now" : besideConversation(),
  isFirst: true,
});
const NothingOpen = later({
  load: () => import("./nothing-open.tsx").then((module) => module.NothingOpen),
  Waiting: () => null,
  when: besideConversation,
});
const Background = later({
  load: () => import("./background.tsx").then((module) => module.Background),
  Waiting: () => null,
  isFirst: true,
  when: "after first screen",
});

/** The panes: navigation, queue, and what is open; on a phone one at a time. */
export function DeskFrame({ children }: { children: ReactNode }) {
  const { words } = useSpeech();
  const { tenant } = useDesk();
  const { sessionId } = useParams({ strict: false });
  const path = useRouterState({ select: (state) => state.location.pathname });
  const isQueueAlone = path.replace(/\/$/, "") === `/t/${tenant.slug}`;
  const isOnline = useIsOnline();
  const isAtLeisure = useAfter(atLeisure);
  const isQueueWanted = isQueueAlone || isAtLeisure || hasRoom();
  useOutboxWorker();
  useFetchAhead();
  return (
    <div className="safe-top flex h-full flex-col md:flex-row">
      <Background />
      <Navigation isHidden={Boolean(sessionId)} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col max-md:order-first">
        {!isOnline && <Banner icon={<CloudOff size={17} />}>{words.offlineBanner}</Banner>}
        <div className="flex min-h-0 flex-1">
          <section
            aria-label={words.queue.title}
            className={`min-h-0 w-full flex-col border-line bg-surface md:flex md:w-[21rem] md:shrink-0 md:border-e lg:w-[23rem] ${
              isQueueAlone ? "flex" : "hidden"
            }`}
          >
            <h1 className="sr-only">{`${words.queue.title} · ${tenant.name}`}</h1>
            {isQueueWanted && <Queue currentId={sessionId} isAlone={isQueueAlone} />}
          </section>
          <main className={`min-h-0 min-w-0 flex-1 md:flex ${isQueueAlone ? "hidden" : "flex"}`}>
            {isQueueAlone ? <NothingOpen /> : children}
          </main>
        </div>
      </div>
    </div>
  );
}
