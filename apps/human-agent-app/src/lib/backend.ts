import { AppError } from "./app-error.ts";
import type { AppConfig } from "./config.ts";
import { keptLogin } from "./kept-login.ts";
import type { Supabase } from "./supabase.ts";

/** The project's API, as whoever is signed in here. */
export interface Backend {
  config: AppConfig;
  /**
   * The token that says who calls. A kept one serves while it is fresh, so that a page can read and write before supabase-js is
   * there; from then on supabase-js renews it.
   *
   * @throws {AppError} When nobody is signed in, or the token could not be renewed.
   */
  token(): Promise<string>;
  /**
   * supabase-js: the session, Storage and realtime. It is fetched when it is first asked for, which is a third of a first
   * screen; who can wait asks after {@linkcode afterFirstScreen}.
   */
  supabase(): Promise<Supabase>;
}

let opened: Backend | undefined;

/** The backend of this page; one however often it is asked for. */
export function openBackend(config: AppConfig): Backend {
  return opened ??= makeBackend(config);
}

function makeBackend(config: AppConfig): Backend {
  let loading: Promise<Supabase> | undefined;
  let isLoaded = false;
  async function load(): Promise<Supabase> {
    const { connect } = await import("./supabase.ts");
    // To take it in and to connect is long each; whoever uses the page is answered between.
    await new Promise((resolve) => setTimeout(resolve));
    isLoaded = true;
    return connect(config);
  }
  const supabase = () =>
    loading ??= load().catch((error) => {
      // The next who asks tries again: the network may be back.
      loading = undefined;
      throw error;
    });
  return {
    config,
    supabase,
    async token() {
      const kept = isLoaded ? null : keptLogin(config.api_url);
      if (kept?.isFresh) return kept.accessToken;
      const { data, error } = await (await supabase()).auth.getSession();
      if (data.session) return data.session.access_token;
      throw new AppError(
        error?.name === "AuthRetryableFetchError" ? "offline" : "signed_out",
        error?.message ?? "Nobody is signed in",
        { cause: error },
      );
    },
  };
}
