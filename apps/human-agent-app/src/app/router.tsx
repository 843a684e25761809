import { createRootRouteWithContext, createRoute, createRouter, Outlet } from "@tanstack/react-router";
import { later } from "../components/later.tsx";
import type { Backend } from "../lib/backend.ts";
import { ConversationSkeleton } from "./conversation-skeleton.tsx";
import { DeskLayout } from "./desk-layout.tsx";
import { Home } from "./home.tsx";
import { readQueueSearch } from "./queue-search.ts";
import { Splash } from "./splash.tsx";

/** What every route knows. */
export interface RouteContext {
  backend: Backend;
  userId: string;
}

const root = createRootRouteWithContext<RouteContext>()({ component: Outlet });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: Home,
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  validateSearch: (search: Record<string, unknown>) => ({ token: String(search["token"] ?? "") }),
  component: later({
    load: () => import("./invitation-page.tsx").then((module) => module.InvitationPage),
    Waiting: Splash,
  }),
});

const gallery = createRoute({
  getParentRoute: () => root,
  path: "/gallery",
  component: later({ load: () => import("./gallery.tsx").then((module) => module.Gallery), Waiting: Splash }),
});

const desk = createRoute({
  getParentRoute: () => root,
  path: "/t/$slug",
  validateSearch: readQueueSearch,
  component: DeskLayout,
});

const queue = createRoute({ getParentRoute: () => desk, path: "/" });

const conversation = createRoute({
  getParentRoute: () => desk,
  path: "/c/$sessionId",
  component: later({
    load: () => import("./conversation-page.tsx").then((module) => module.ConversationPage),
    Waiting: ConversationSkeleton,
    isFirst: true,
  }),
});

const notices = createRoute({
  getParentRoute: () => desk,
  path: "/notices",
  component: later({
    load: () => import("./notices-page.tsx").then((module) => module.NoticesPage),
    Waiting: Splash,
  }),
});

const settings = createRoute({
  getParentRoute: () => desk,
  path: "/settings",
  component: later({
    load: () => import("./settings-page.tsx").then((module) => module.SettingsPage),
    Waiting: Splash,
  }),
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
