import { useParams, useRouterState } from "@tanstack/react-router";
import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { Banner } from "@app/ui/mod.ts";
import { QueueHeader } from "../features/queue/queue-header.tsx";
import { QueueContent, SearchContent } from "../features/queue/queue-pane.tsx";
import { useChime } from "../features/notices/use-chime.ts";
import { useQueueEvents } from "../features/queue/use-queue.ts";
import { useQueueKeys } from "../features/queue/use-queue-keys.ts";
import { useDesk } from "../lib/desk.ts";
import { doubtMembership } from "../lib/membership.ts";
import { tellInbox } from "../lib/realtime/hub.ts";
import { useTopic } from "../lib/realtime/channel-events.ts";
import { useOutboxWorker } from "../lib/outbox/use-outbox-worker.ts";
import { useNotificationTaps } from "../lib/push/use-notification-taps.ts";
import { usePushRenewal } from "../lib/push/use-push-renewal.ts";
import { useSpeech } from "../lib/speech.ts";
import { useIsOnline } from "../lib/use-is-online.ts";
import { useTellInUse } from "../lib/use-tell-in-use.ts";
import { NavigationBar } from "./navigation-bar.tsx";
import { NothingOpen } from "./nothing-open.tsx";
import { useQueueAddress } from "./use-queue-address.ts";

/** The panes: navigation, queue, and what is open; on a phone one at a time. */
export function DeskFrame({ children }: { children: ReactNode }) {
  const { words } = useSpeech();
  const { backend, tenant, userId } = useDesk();
  const address = useQueueAddress();
  const { sessionId } = useParams({ strict: false });
  const path = useRouterState({ select: (state) => state.location.pathname });
  const isQueueAlone = path.replace(/\/$/, "") === `/t/${tenant.slug}`;
  const isOnline = useIsOnline();
  useTopic(backend, `tenant:${tenant.id}`, {
    onEvent: (event) => {
      if (event.name === "member_removed" && event.ids?.includes(userId)) doubtMembership();
      tellInbox(event);
    },
    onGap: () => tellInbox({ name: "gap" }),
  });
  useQueueEvents();
  useChime();
  useQueueKeys();
  useOutboxWorker();
  usePushRenewal();
  useTellInUse();
  useNotificationTaps();
  return (
    <div className="safe-top flex h-full flex-col md:flex-row">
      <NavigationBar isHidden={Boolean(sessionId)} />
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
            <QueueHeader search={address} />
            {address.text.trim().length >= 2
              ? <SearchContent text={address.text} currentId={sessionId} />
              : <QueueContent view={address.view} filters={address.filters} currentId={sessionId} />}
          </section>
          <main className={`min-h-0 min-w-0 flex-1 md:flex ${isQueueAlone ? "hidden" : "flex"}`}>
            {isQueueAlone ? <NothingOpen /> : children}
          </main>
        </div>
      </div>
    </div>
  );
}
