import { join } from "node:path";
import { z } from "zod";
import { InvalidInput } from "./invalid-input.ts";

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** A Meta app: signs webhooks with its secret and sends them to one address. */
export const app = z.object({
  app_id: id,
  app_secret: z.string().min(1),
  verify_token: z.string().min(1),
  webhook_url: z.url({ protocol: /^https?$/ }),
});

/** Parsed form of {@linkcode app}. */
export type App = z.infer<typeof app>;

/** A message template that the number's account has from the start. */
const template = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().min(2).max(20),
  status: z.enum(["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]).default("APPROVED"),
  category: z.enum(["UTILITY", "MARKETING", "AUTHENTICATION"]).default("UTILITY"),
  components: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** A business number that customers write to. */
export const businessNumber = z.object({
  phone_number_id: id,
  waba_id: id,
  app_id: id,
  /** Digits, with or without `+` and spaces. */
  display_phone_number: z.string().min(3).max(40),
  name: z.string().min(1).max(200),
  /** The bearer token that may send from this number. */
  access_token: z.string().min(1),
  templates: z.array(template).default([]),
  /** Whether its owner uses it in the phone app too. */
  is_on_biz_app: z.boolean().default(false),
  /** Most messages a second, in place of the setting; 20 for a number whose owner also uses the phone app. */
  messages_per_second: z.number().int().min(1).optional(),
});

/** Parsed form of {@linkcode businessNumber}. */
export type BusinessNumber = z.infer<typeof businessNumber>;

/** Apps and numbers, as the configuration file and `POST /_simulator/numbers` give them. */
export const registration = z.object({
  apps: z.array(app).default([]),
  numbers: z.array(businessNumber).default([]),
});

/** The apps and numbers that exist, kept in `registry.json` beside the ledger. */
export class Registry {
  readonly apps = new Map<string, App>();
  readonly numbers = new Map<string, BusinessNumber>();
  /** Accounts whose webhooks were ended, since this process began. */
  readonly left = new Set<string>();
  readonly #tokens = new Set<string>();

  private constructor(private readonly path: string) {}

  /** Opens the registry of a folder; a folder without one has no apps and no numbers. */
  static async open(folder: string): Promise<Registry> {
    const registry = new Registry(join(folder, "registry.json"));
    try {
      registry.#take(registration.parse(JSON.parse(await Deno.readTextFile(registry.path))));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return registry;
  }

  /**
   * Adds apps and numbers, or replaces those of the same id, and stores the result.
   *
   * @throws {InvalidInput} If a number names an app that does not exist. Nothing is changed then.
   */
  async register(added: z.infer<typeof registration>): Promise<void> {
    const known = new Set([...this.apps.keys(), ...added.apps.map((each) => each.app_id)]);
    for (const number of added.numbers) {
      if (known.has(number.app_id)) continue;
      throw new InvalidInput(
        `Cannot register number "${number.phone_number_id}": app "${number.app_id}" does not exist`,
      );
    }
    this.#take(added);
    const all = { apps: [...this.apps.values()], numbers: [...this.numbers.values()] };
    const draft = `${this.path}.new`;
    await Deno.writeTextFile(draft, JSON.stringify(all, null, 2));
    await Deno.rename(draft, this.path);
  }

  /** Whether any number has this token: such a token is genuine, though it may lack rights to another number. */
  isGenuineToken(token: string): boolean {
    return this.#tokens.has(token);
  }

  #take(added: z.infer<typeof registration>): void {
    for (const each of added.apps) this.apps.set(each.app_id, each);
    for (const each of added.numbers) this.numbers.set(each.phone_number_id, each);
    this.#tokens.clear();
    for (const each of this.numbers.values()) this.#tokens.add(each.access_token);
  }
}
