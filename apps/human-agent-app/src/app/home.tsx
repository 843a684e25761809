import { Navigate, useRouteContext } from "@tanstack/react-router";
import { later } from "../components/later.tsx";
import { LoadError } from "../components/load-error.tsx";
import { isOnItsWay } from "../lib/use-in-pieces.ts";
import { Splash } from "./splash.tsx";
import { lastTenant, useTenants } from "./use-tenants.ts";

const NoTenant = later({
  load: () => import("./no-tenant.tsx").then((module) => module.NoTenant),
  Waiting: Splash,
});

/** Leads to the tenant that was last worked for, or the first. */
export function Home() {
  const { backend, userId } = useRouteContext({ from: "__root__" });
  const tenants = useTenants(backend, userId);
  if (isOnItsWay(tenants)) return <Splash />;
  if (!tenants.data) return <LoadError query={tenants} />;
  const tenant = tenants.data.find((each) => each.slug === lastTenant()) ?? tenants.data[0];
  if (tenant) return <Navigate to="/t/$slug" params={{ slug: tenant.slug }} replace />;
  return <NoTenant backend={backend} />;
}
