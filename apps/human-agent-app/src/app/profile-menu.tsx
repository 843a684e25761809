import { useNavigate } from "@tanstack/react-router";
import { Building2, Check, Circle, LogOut } from "lucide-react";
import { Avatar, Menu } from "@app/ui/mod.ts";
import { signOut } from "../features/sign-in/use-login.ts";
import { useAvailability } from "../features/settings/use-availability.ts";
import { useDesk } from "../lib/desk.ts";
import { mark } from "../lib/push/device-mark.ts";
import { forgetDevice } from "../lib/push/device.ts";
import { forgetQueryCache } from "../lib/query-cache.ts";
import { useSpeech } from "../lib/speech.ts";
import { useMembers } from "../lib/use-members.ts";

const COLOURS = { online: "bg-good", away: "bg-unread", offline: "bg-edge" };

/** Oneself: whether one is there, for which tenant, and the way out. */
export function ProfileMenu() {
  const { words } = useSpeech();
  const { backend, tenant, tenants, userId } = useDesk();
  const { me } = useMembers();
  const setAvailability = useAvailability();
  const navigate = useNavigate();
  const availability = me?.availability ?? "offline";
  const chosen = me?.chosen_availability ?? "automatic";

  async function leave() {
    // Whoever signs in here next is not told of this person's conversations.
    await forgetDevice(backend, tenant.id, true).catch(() => {});
    for (const { id } of tenants) mark(id, userId, false);
    await signOut(backend);
    await forgetQueryCache(userId);
  }
  return (
    <Menu
      label={words.profile}
      trigger={
        <button
          type="button"
          aria-label={`${words.profile}: ${words.availability[availability]}`}
          data-testid="profile"
          className="relative grid size-12 place-items-center rounded-2xl"
        >
          <Avatar name={me?.display_name ?? "?"} size={34} />
          <span
            aria-hidden="true"
            className={`absolute end-1.5 bottom-1.5 size-3 rounded-full border-2 border-surface ${
              COLOURS[availability]
            }`}
          />
        </button>
      }
      groups={() => [
        (["automatic", "away", "offline"] as const).map((each) => ({
          id: each,
          label: words.availabilityChoices[each],
          icon: each === chosen ? <Check size={16} /> : <Circle size={16} className="opacity-40" />,
          isChosen: each === chosen,
          onChoose: () => setAvailability(each),
        })),
        tenants.length > 1
          ? tenants.map((each) => ({
            id: `tenant-${each.slug}`,
            label: each.name,
            icon: <Building2 size={16} />,
            isChosen: each.id === tenant.id,
            onChoose: () => void navigate({ to: "/t/$slug", params: { slug: each.slug }, search: {} }),
          }))
          : [],
        [{
          id: "sign-out",
          label: words.signOut,
          icon: <LogOut size={16} />,
          onChoose: () => void leave(),
        }],
      ]}
    />
  );
}
