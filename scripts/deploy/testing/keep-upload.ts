import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { z } from "zod";

/** A function as it arrived. */
export interface UploadedFunction {
  slug: string;
  /** Where its files are; their paths below it are those of the repository. */
  folder: string;
  /** Seen from `folder`. */
  entrypoint: string;
  importMap: string;
  verifyJwt: boolean;
  files: string[];
}

/** What the CLI says about the files that it sends. */
const metadata = z.object({
  entrypoint_path: z.string(),
  import_map_path: z.string(),
  verify_jwt: z.boolean(),
});

/** Writes the files of one upload, each where it was in the repository. Refuses paths that lead outside. */
export async function keepUpload(request: Request, root: string): Promise<UploadedFunction> {
  const slug = z.string().regex(/^[A-Za-z][\w-]*$/).parse(new URL(request.url).searchParams.get("slug"));
  const form = await request.formData();
  const described = metadata.parse(JSON.parse(z.string().parse(form.get("metadata"))));
  const folder = join(root, slug);
  const files: string[] = [];
  for (const file of form.getAll("file")) {
    if (!(file instanceof File)) continue;
    const place = join(folder, file.name);
    if (relative(folder, place).startsWith("..")) {
      throw new Error(`Cannot keep "${file.name}": it leads outside`);
    }
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, new Uint8Array(await file.arrayBuffer()));
    files.push(file.name);
  }
  return {
    slug,
    folder,
    entrypoint: described.entrypoint_path,
    importMap: described.import_map_path,
    verifyJwt: described.verify_jwt,
    files,
  };
}
