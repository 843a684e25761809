import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { z } from "zod";
import { newNumericId } from "./identifiers.ts";

const description = z.object({
  id: z.string(),
  mime_type: z.string(),
  /** Base64, as webhooks carry it. */
  sha256: z.string(),
  file_size: z.number(),
  file_name: z.string().optional(),
  /** Milliseconds since 1970 when it came. */
  kept_at: z.number(),
  /** The number that uploaded it; absent for files of customers. */
  phone_number_id: z.string().optional(),
});

const DAY_MS = 24 * 60 * 60 * 1000;
/** The vendor keeps what a business uploads for 30 days, and what its webhooks name for 7. */
const UPLOADED_LIVES_MS = 30 * DAY_MS;
const RECEIVED_LIVES_MS = 7 * DAY_MS;

/** What is known of a stored file. */
export type MediaDescription = z.infer<typeof description>;

/** Files that passed between customers and the business, in `media/` beside the ledger. */
export class MediaStore {
  readonly #key = randomBytes(32);

  private constructor(private readonly folder: string, private readonly now: () => number) {}

  /**
   * Opens or creates the store of a folder.
   *
   * @param now Milliseconds since 1970.
   */
  static async open(folder: string, now: () => number): Promise<MediaStore> {
    const path = join(folder, "media");
    await Deno.mkdir(path, { recursive: true });
    return new MediaStore(path, now);
  }

  /** Keeps a file and gives it an id. */
  async keep(
    bytes: Uint8Array,
    about: { mime_type: string; file_name?: string; phone_number_id?: string },
  ): Promise<MediaDescription> {
    const media = {
      id: newNumericId(),
      sha256: createHash("sha256").update(bytes).digest("base64"),
      file_size: bytes.length,
      kept_at: this.now(),
      ...about,
    };
    await Deno.writeFile(join(this.folder, media.id), bytes);
    await Deno.writeTextFile(join(this.folder, `${media.id}.json`), JSON.stringify(media));
    return media;
  }

  /** What is known of a file; `undefined` if there is none of that id. */
  async describe(id: string): Promise<MediaDescription | undefined> {
    if (!/^\d{1,30}$/.test(id)) return undefined;
    try {
      return description.parse(JSON.parse(await Deno.readTextFile(join(this.folder, `${id}.json`))));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** The same for the business, to whom an id means nothing once its days are over. */
  async describeForBusiness(id: string): Promise<MediaDescription | undefined> {
    const media = await this.describe(id);
    if (!media) return undefined;
    const lives = media.phone_number_id === undefined ? RECEIVED_LIVES_MS : UPLOADED_LIVES_MS;
    return this.now() - media.kept_at < lives ? media : undefined;
  }

  /** The bytes of a file that {@linkcode describe} knows. */
  async read(id: string): Promise<Uint8Array<ArrayBuffer>> {
    return await Deno.readFile(join(this.folder, id));
  }

  /** Forgets a file. */
  async remove(id: string): Promise<void> {
    await Deno.remove(join(this.folder, `${id}.json`));
    await Deno.remove(join(this.folder, id));
  }

  /** A path that gives the file to a bearer of the token until `expires` (seconds since 1970). */
  pathOf(id: string, expires: number): string {
    return `/_media/${id}?expires=${expires}&signature=${this.#sign(id, expires)}`;
  }

  /** Whether a path made by {@linkcode pathOf} is genuine and has not run out. A restart ends all of them. */
  isGenuine(id: string, expires: number, signature: string, nowSeconds: number): boolean {
    const expected = Buffer.from(this.#sign(id, expires));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) && nowSeconds < expires;
  }

  #sign(id: string, expires: number): string {
    return createHmac("sha256", this.#key).update(`${id}.${expires}`).digest("hex");
  }
}
