import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type MetaApp, metaApp, type NewTenant, newTenant } from "./new-tenant.ts";

/** What the command line asks for. */
export type Command =
  | { verb: "create"; tenant: NewTenant; app?: MetaApp; machine?: unknown; isDryRun: boolean }
  | { verb: "list" | "reseal" }
  | { verb: "show" | "suspend" | "resume"; slug: string }
  /** Without a slug: every tenant. */
  | { verb: "migrate"; slug?: string; isDryRun: boolean }
  | { verb: "export"; slug: string; file: string }
  | { verb: "drop"; slug: string; isDryRun: boolean; isConfirmed: boolean };

/** How to use the command. */
export const usage = `npm run tenant -- create --slug bakery --name "The Bakery" [options]
npm run tenant -- list
npm run tenant -- show --slug bakery
npm run tenant -- migrate [--slug bakery]   applies steps that tenants lack; broken off, it is run again
npm run tenant -- suspend|resume --slug bakery
npm run tenant -- export --slug bakery [--file bakery.tar.gz]
npm run tenant -- drop --slug bakery [--yes]
npm run tenant -- reseal         seals all secrets with the first key of SECRETS_KEYS

create, migrate and drop show with --dry-run what they would do, and change nothing.

Options of create:
  --locale es                    language that the tenant speaks first
  --time-zone America/La_Paz     default UTC
  --machine machine.json         the state machine to publish
  --model openai                 who answers: a provider, or "offline"; default: the deployment's choice
  --owner, --admin, --agent      an address; each may be given several times
  --number <phone number id>     Meta's id of the WhatsApp number, with
    --display-number "+591 …"    the number as people write it
    --waba <id>                  its WhatsApp Business account
    --app <id>                   the Meta app that signs for it
Secrets come by environment: WHATSAPP_ACCESS_TOKEN for the number; WHATSAPP_APP_SECRET and WHATSAPP_VERIFY_TOKEN
to store the Meta app, unless an earlier tenant brought it.`;

/** The command line or a file that it names is wrong; the message says where, the usage says how. */
export class WrongCommand extends Error {
  override name = "WrongCommand";
}

const many = { type: "string", multiple: true, default: [] as string[] } as const;
const one = { type: "string" } as const;
const options = {
  slug: one,
  name: one,
  locale: one,
  "time-zone": one,
  machine: one,
  model: one,
  owner: many,
  admin: many,
  agent: many,
  number: one,
  "display-number": one,
  waba: one,
  app: one,
  file: one,
  yes: { type: "boolean" },
  "dry-run": { type: "boolean" },
} as const;

/** @throws {WrongCommand} With every problem in one sentence each. */
export function readCommand(args: string[], environment: Record<string, string | undefined>): Command {
  const { verb, values } = parse(args);
  switch (verb) {
    case "list":
    case "reseal":
      return { verb };
    case "show":
    case "suspend":
    case "resume":
      return { verb, slug: needSlug(values) };
    case "migrate":
      return { verb, ...(values.slug && { slug: values.slug }), isDryRun: values["dry-run"] ?? false };
    case "export": {
      const slug = needSlug(values);
      return { verb, slug, file: values.file ?? `${slug}.tar.gz` };
    }
    case "drop":
      return {
        verb,
        slug: needSlug(values),
        isDryRun: values["dry-run"] ?? false,
        isConfirmed: values.yes ?? false,
      };
    case "create":
      return readCreate(values, environment);
    default:
      throw new WrongCommand(`There is no command "${verb ?? ""}"`);
  }
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: string[]) {
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    return { verb: positionals[0], values };
  } catch (cause) {
    throw new WrongCommand(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function needSlug(values: Values): string {
  if (!values.slug) throw new WrongCommand("--slug is missing");
  return values.slug;
}

function readCreate(values: Values, environment: Record<string, string | undefined>): Command {
  const number = values.number === undefined ? [] : [{
    phoneNumberId: values.number,
    displayPhoneNumber: values["display-number"] ?? values.number,
    wabaId: values.waba,
    appId: values.app ?? "",
    accessToken: environment.WHATSAPP_ACCESS_TOKEN,
  }];
  const people = (["owner", "admin", "agent"] as const).flatMap((role) =>
    values[role].map((email) => ({ email, role, displayName: email.split("@")[0] || email }))
  );
  const tenant = check(newTenant, {
    slug: values.slug ?? "",
    name: values.name ?? "",
    locale: values.locale,
    timeZone: values["time-zone"],
    settings: values.model ? { model: { provider: values.model } } : {},
    numbers: number,
    people,
  });
  const secret = environment.WHATSAPP_APP_SECRET;
  const app = number[0] && secret
    ? check(metaApp, {
      appId: number[0].appId,
      name: `App ${number[0].appId}`,
      secret,
      verifyToken: environment.WHATSAPP_VERIFY_TOKEN ?? "",
    })
    : undefined;
  return {
    verb: "create",
    tenant,
    ...(app && { app }),
    ...(values.machine && { machine: readMachine(values.machine) }),
    isDryRun: values["dry-run"] ?? false,
  };
}

function check<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new WrongCommand(problems.join("\n"));
}

function readMachine(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WrongCommand(`Cannot read machine "${file}": ${why}`, { cause });
  }
}
