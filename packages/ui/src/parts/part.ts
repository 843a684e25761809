import type { ComponentType } from "react";

/** A part of the page whose code is fetched later than the page. */
export interface Part<Props> {
  /** What was fetched, if it was. */
  get: () => ComponentType<Props> | undefined;
  /** Fetches it, once; when that fails, the next call tries again. */
  fetch: () => Promise<ComponentType<Props>>;
}

/** Whatever is to be fetched ahead, in the order in which it was told. */
const ahead: (() => Promise<unknown>)[] = [];

/** Has something fetched by {@linkcode fetchAhead}, such as the code of a page that a tap leads to. */
export function fetchLater(load: () => Promise<unknown>): void {
  ahead.push(load);
}

/** Makes a part of an `import()`. Browsers fetch a module that they could not fetch again when they are asked again. */
export function part<Props>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let fetched: ComponentType<Props> | undefined;
  let fetching: Promise<ComponentType<Props>> | undefined;
  const made = {
    get: () => fetched,
    fetch: () =>
      fetching ??= load().then((component) => fetched = component, (error) => {
        fetching = undefined;
        throw error;
      }),
  };
  fetchLater(made.fetch);
  return made;
}

/**
 * Fetches all parts that there are, one after the other, and those that come with them, so that they are there when they
 * are wanted. What cannot be fetched now is left to whoever wants it.
 *
 * @param mayGoOn Asked before each; resolves when there is time, with false when nobody needs them any more.
 */
export async function fetchAhead(mayGoOn: () => Promise<boolean>): Promise<void> {
  for (const load of ahead) {
    if (!await mayGoOn()) return;
    await load().catch(() => {});
  }
}
