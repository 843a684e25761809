import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import type { Backend } from "../lib/backend.ts";
import type { AppConfig } from "../lib/config.ts";
import { readQueueSearch } from "./queue-search.ts";

/** What every route knows. */
export interface RouteContext {
  backend: Backend;
  config: AppConfig;
  userId: string;
}

const root = createRootRouteWithContext<RouteContext>()({ component: Outlet });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./home.tsx"), "Home"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  validateSearch: (search: Record<string, unknown>) => ({ token: String(search["token"] ?? "") }),
  component: lazyRouteComponent(() => import("./invitation-page.tsx"), "InvitationPage"),
});

const gallery = createRoute({
  getParentRoute: () => root,
  path: "/gallery",
  component: lazyRouteComponent(() => import("./gallery.tsx"), "Gallery"),
});

const desk = createRoute({
  getParentRoute: () => root,
  path: "/t/$slug",
  validateSearch: readQueueSearch,
  component: lazyRouteComponent(() => import("./desk-layout.tsx"), "DeskLayout"),
});

const queue = createRoute({ getParentRoute: () => desk, path: "/" });

const conversation = createRoute({
  getParentRoute: () => desk,
  path: "/c/$sessionId",
  component: lazyRouteComponent(() => import("./conversation-page.tsx"), "ConversationPage"),
});

const notices = createRoute({
  getParentRoute: () => desk,
  path: "/notices",
  component: lazyRouteComponent(() => import("./notices-page.tsx"), "NoticesPage"),
});

const settings = createRoute({
  getParentRoute: () => desk,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings-page.tsx"), "SettingsPage"),
});

const tree = root.addChildren([
  home,
  invitation,
  gallery,
  desk.addChildren([queue, conversation, notices, settings]),
]);

/** The addresses of the app. */
export function createAppRouter(context: RouteContext) {
  return createRouter({ routeTree: tree, context, defaultPreload: "intent", defaultPendingMinMs: 0 });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
