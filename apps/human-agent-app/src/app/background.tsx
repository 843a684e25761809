import { useChime } from "../features/notices/use-chime.ts";
import { useQueueEvents } from "../features/queue/use-queue-events.ts";
import { useDesk } from "../lib/desk.ts";
import { doubtMembership } from "../lib/membership.ts";
import { useNotificationTaps } from "../lib/push/use-notification-taps.ts";
import { usePushRenewal } from "../lib/push/use-push-renewal.ts";
import { tellInbox } from "../lib/realtime/hub.ts";
import { useTopic } from "../lib/realtime/use-topic.ts";
import { useTellInUse } from "../lib/use-tell-in-use.ts";

/** What goes on at a desk without being seen, once there is a first screen: hearing what changes, sounding, being notified. */
export function Background() {
  const { backend, tenant, userId } = useDesk();
  useTopic(backend, `tenant:${tenant.id}`, {
    onEvent: (event) => {
      if (event.name === "member_removed" && event.ids?.includes(userId)) doubtMembership();
      tellInbox(event);
    },
    onHeard: (isFirst) => tellInbox({ name: isFirst ? "heard" : "gap" }),
  });
  useQueueEvents();
  useChime();
  usePushRenewal();
  useTellInUse();
  useNotificationTaps();
  return null;
}
