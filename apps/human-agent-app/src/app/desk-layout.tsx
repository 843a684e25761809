import { Navigate, Outlet, useParams, useRouteContext } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { later } from "../components/later.tsx";
import { LoadError } from "../components/load-error.tsx";
import { DeskContext } from "../lib/desk.ts";
import { onMembershipDoubt } from "../lib/membership.ts";
import type { Tenant } from "../lib/records/people.ts";
import { isOnItsWay, useInPieces } from "../lib/use-in-pieces.ts";
import { DeskFrame } from "./desk-frame.tsx";
import { Splash } from "./splash.tsx";
import { rememberTenant, useTenants } from "./use-tenants.ts";

const Removed = later({
  load: () => import("./removed.tsx").then((module) => module.Removed),
  Waiting: Splash,
});

/** Everything that happens for one tenant. */
export function DeskLayout() {
  const { backend, userId } = useRouteContext({ from: "__root__" });
  const { slug } = useParams({ from: "/t/$slug" });
  const tenants = useTenants(backend, userId);
  const tenant = tenants.data?.find((each) => each.slug === slug);
  const last = useRef<Tenant>(undefined);
  last.current = tenant ?? last.current;
  const left = last.current;
  const ask = useEffectEvent(() => void tenants.refetch());
  useEffect(() => onMembershipDoubt(() => ask()), []);
  useEffect(() => rememberTenant(slug), [slug]);
  const desk = useMemo(
    () => tenant && tenants.data && { backend, userId, tenant, tenants: tenants.data },
    [backend, userId, tenant, tenants.data],
  );
  const isReady = useInPieces(desk !== undefined);
  if (isOnItsWay(tenants)) return <Splash />;
  if (!tenants.data) return <LoadError query={tenants} />;
  if (!desk && left && left.slug === slug) {
    return <Removed backend={backend} tenant={left} hasOthers={tenants.data.length > 0} />;
  }
  if (!desk) return <Navigate to="/" replace />;
  if (!isReady) return <Splash />;
  return (
    <CSPProvider disableStyleElements>
      <DeskContext value={desk}>
        <DeskFrame key={desk.tenant.id}>
          <Outlet />
        </DeskFrame>
      </DeskContext>
    </CSPProvider>
  );
}
