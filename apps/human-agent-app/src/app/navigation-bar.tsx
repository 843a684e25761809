import { Link } from "@tanstack/react-router";
import { Bell, Inbox, Settings2 } from "lucide-react";
import type { ReactNode } from "react";
import { useUnreadNotices } from "../features/notices/use-notices.ts";
import { useDesk } from "../lib/desk.ts";
import { useSpeech } from "../lib/speech.ts";
import { navigationPlace } from "./navigation-skeleton.tsx";
import { ProfileMenu } from "./profile-menu.tsx";

/** At the side of a desktop, at the bottom of a phone; there it makes room for an open conversation (`isHidden`). */
export function NavigationBar({ isHidden }: { isHidden: boolean }) {
  const { words } = useSpeech();
  const { tenant } = useDesk();
  const unread = useUnreadNotices();
  return (
    <nav
      aria-label={words.navigation}
      className={navigationPlace(isHidden)}
    >
      <NavigationLink
        to="/t/$slug"
        slug={tenant.slug}
        label={words.queue.title}
        icon={<Inbox size={22} />}
        isCurrent={isHidden}
      />
      <NavigationLink
        to="/t/$slug/notices"
        slug={tenant.slug}
        label={words.noticesTitle}
        icon={<Bell size={22} />}
        count={unread}
      />
      <NavigationLink
        to="/t/$slug/settings"
        slug={tenant.slug}
        label={words.settingsTitle}
        icon={<Settings2 size={22} />}
      />
      <div className="md:mt-auto">
        <ProfileMenu />
      </div>
    </nav>
  );
}

interface NavigationLinkProps {
  to: "/t/$slug" | "/t/$slug/notices" | "/t/$slug/settings";
  slug: string;
  label: string;
  icon: ReactNode;
  count?: number;
  /** Also current where the address is below it. */
  isCurrent?: boolean;
}

function NavigationLink({ to, slug, label, icon, count = 0, isCurrent = false }: NavigationLinkProps) {
  return (
    <Link
      to={to}
      params={{ slug }}
      search={(previous: object) => previous}
      title={label}
      activeOptions={{ exact: true, includeSearch: false }}
      data-current={isCurrent || undefined}
      className="relative flex min-h-14 min-w-16 flex-col items-center justify-center gap-0.5 rounded-2xl text-[0.6875rem] font-medium text-soft transition-colors hover:text-ink data-current:text-accent data-[status=active]:text-accent md:size-12 md:min-h-0 md:min-w-0 md:data-current:bg-accent-soft md:data-[status=active]:bg-accent-soft"
    >
      <span aria-hidden="true">{icon}</span>
      <span className="md:sr-only">{label}</span>
      {count > 0 && (
        <span className="absolute end-3 top-2 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-unread px-1 text-[0.625rem] font-bold text-on-unread md:end-0.5 md:top-0.5">
          {count > 99 ? "99+" : count}
          <span className="sr-only">{label}</span>
        </span>
      )}
    </Link>
  );
}
