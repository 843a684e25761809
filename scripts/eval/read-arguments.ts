/** What `npm run eval` was asked to do. */
export interface EvalArguments {
  /** Name of a demo machine, path of a machine's file, or slug of a tenant. */
  machine: string;
  /** `offline`, or provider and name such as `openai/gpt-5.4-mini`; with `--base-url` the name alone is enough. */
  model: { provider: string; name?: string; baseUrl?: string };
  /** Whose customers play; the machine's name if absent. */
  customers: string | null;
  /** A file with the last line of an earlier run. */
  compare: string | null;
  /** Whether every conversation is printed. */
  isVerbose: boolean;
}

const usage = "npm run eval -- <tenant|machine> [--model offline|provider/name] [--base-url url] " +
  "[--customers kind] [--compare file] [--verbose]";
const withValue = ["--model", "--base-url", "--customers", "--compare"];

/** @throws {Error} That says how it is called. */
export function readArguments(args: string[]): EvalArguments {
  const found = new Map<string, string>();
  const names: string[] = [];
  let isVerbose = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--verbose") isVerbose = true;
    else if (withValue.includes(arg) && args[index + 1] !== undefined) {
      found.set(arg, args[++index] ?? "");
    } else if (!arg.startsWith("--")) names.push(arg);
    else throw new Error(`Cannot read "${arg}": ${usage}`);
  }
  const [machine, ...more] = names;
  if (machine === undefined || more.length > 0) throw new Error(`Cannot tell what to play: ${usage}`);
  return {
    machine,
    model: modelOf(found.get("--model") ?? "offline", found.get("--base-url")),
    customers: found.get("--customers") ?? null,
    compare: found.get("--compare") ?? null,
    isVerbose,
  };
}

/** Behind a URL of one's own everything after the provider, or all of it, is the name that the server knows. */
function modelOf(chosen: string, baseUrl: string | undefined): EvalArguments["model"] {
  if (baseUrl !== undefined) {
    return { provider: "compatible", name: chosen.replace(/^compatible\//, ""), baseUrl };
  }
  const [provider = "offline", ...name] = chosen.split("/");
  return { provider, ...(name.length > 0 && { name: name.join("/") }) };
}
