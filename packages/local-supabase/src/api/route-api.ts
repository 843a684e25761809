import { hasGone, refuse, type Route } from "../gateway/gateway.ts";
import { normaliseKeys, type ProjectKeys } from "../gateway/project-keys.ts";
import { wholeRequest } from "../gateway/whole-request.ts";
import type { Sql } from "postgres";
import { inviteUser } from "./invite-user.ts";
import { namesKnownRole } from "./known-roles.ts";
import { withRedirect } from "./redirects.ts";
import { readPrefix, repairList } from "./list-files.ts";
import { repairSignedUrls } from "./signed-urls.ts";
import type { Api } from "./start-api.ts";
import { unpackUpload } from "./unpack-upload.ts";

/** Passes requests on to the API with the keys that it knows, and repairs what it answers differently from hosted. */
export function routeToApi(
  api: Api,
  keys: ProjectKeys,
  { firstSchema = "public", admin }: { firstSchema?: string; admin?: Sql } = {},
): Route {
  return async (request) => {
    const { pathname } = new URL(request.url);
    // A path may be written so that the router behind reads it as another one.
    if (/%2f|\.\.|\/\//i.test(pathname) && !pathname.startsWith("/storage/v1/")) {
      return refuse(404, "Not found");
    }
    if (!namesKnownRole(request)) return refuse(403, "The token names a role that requests cannot have");
    if (pathname.startsWith("/storage/v1/")) return await passStorage(request, pathname);
    const whole = await wholeRequest(request);
    if (!whole) return hasGone();
    if (admin && pathname === "/auth/v1/invite") {
      return await withRedirect(whole, () => inviteUser(whole, api, keys, admin));
    }
    if (pathname.startsWith("/auth/v1/")) {
      return await withRedirect(
        whole,
        () => api.fetch(nameSchema(normaliseKeys(whole, keys), firstSchema)),
      );
    }
    return await api.fetch(nameSchema(normaliseKeys(whole, keys), firstSchema));
  };

  async function passStorage(request: Request, pathname: string): Promise<Response> {
    const known = nameSchema(normaliseKeys(request, keys), firstSchema);
    if (!pathname.startsWith("/storage/v1/object/")) return await api.fetch(known);
    if (pathname.startsWith("/storage/v1/object/list/")) {
      const list = await readPrefix(known);
      return await repairList(await api.fetch(list.request), list.prefix);
    }
    return await repairSignedUrls(await api.fetch(await unpackUpload(known)), pathname);
  }
}

/** Hosted, the first exposed schema is meant when none is named; lite means `public`. */
function nameSchema(request: Request, schema: string): Request {
  for (const header of ["accept-profile", "content-profile"]) {
    if (!request.headers.has(header)) request.headers.set(header, schema);
  }
  return request;
}
