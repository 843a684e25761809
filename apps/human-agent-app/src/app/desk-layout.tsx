import { Navigate, Outlet, useParams, useRouteContext } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { LoadError } from "../components/load-error.tsx";
import { DeskContext } from "../lib/desk.ts";
import { DeskFrame } from "./desk-frame.tsx";
import { Splash } from "./splash.tsx";
import { rememberTenant, useTenants } from "./use-tenants.ts";

/** Everything that happens for one tenant. */
export function DeskLayout() {
  const { backend, config, userId } = useRouteContext({ from: "__root__" });
  const { slug } = useParams({ from: "/t/$slug" });
  const tenants = useTenants(backend, userId);
  const tenant = tenants.data?.find((each) => each.slug === slug);
  useEffect(() => rememberTenant(slug), [slug]);
  const desk = useMemo(
    () => tenant && tenants.data && { backend, config, userId, tenant, tenants: tenants.data },
    [backend, config, userId, tenant, tenants.data],
  );
  if (tenants.isPending) return <Splash />;
  if (!tenants.data) return <LoadError error={tenants.error} onRetry={() => void tenants.refetch()} />;
  if (!desk) return <Navigate to="/" replace />;
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
