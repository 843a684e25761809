import type { Call } from "./call.ts";
import { InvalidInput } from "./invalid-input.ts";

/** `POST /_simulator/media`: keeps a file that a customer is about to send; multipart, part `file`. */
export async function postMedia({ simulation, request }: Call): Promise<Response> {
  const form = await request.formData().catch(() => undefined);
  const file = form?.get("file");
  if (!(file instanceof File)) throw new InvalidInput("file: a multipart file is required");
  const media = await simulation.media.keep(await file.bytes(), {
    mime_type: file.type || "application/octet-stream",
    file_name: file.name,
  });
  return Response.json({ media_id: media.id, mime_type: media.mime_type }, { status: 201 });
}

/** `GET /_simulator/media/{id}`: the bytes, for the phone page, which has no bearer token. */
export async function getMedia({ simulation, id }: Call): Promise<Response> {
  const media = await simulation.media.describe(id);
  if (!media) throw new InvalidInput(`media_id: "${id}" does not exist`, 404);
  return new Response(await simulation.media.read(id), {
    headers: {
      "content-type": media.mime_type,
      // A customer's file must never become a page of this origin.
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=31536000, immutable",
    },
  });
}
