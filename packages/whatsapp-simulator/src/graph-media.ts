import { authorizedNumber, genuineToken } from "./graph-authorization.ts";
import { GraphError } from "./graph-error.ts";
import type { MediaDescription } from "./media-store.ts";
import type { Simulation } from "./simulation.ts";

const MEGABYTE = 1024 * 1024;

/** What may be sent, and how big it may be (vendor's media reference, v26.0). Documents may have any type. */
const LIMITS: { types: RegExp; bytes: number }[] = [
  { types: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, bytes: 16 * MEGABYTE },
  { types: /^image\/(jpeg|png)$/, bytes: 5 * MEGABYTE },
  { types: /^image\/webp$/, bytes: 500 * 1024 },
  { types: /^video\/(mp4|3gpp)$/, bytes: 16 * MEGABYTE },
  { types: /^(application|text)\/[\w.+-]+$/, bytes: 100 * MEGABYTE },
];

/**
 * `POST /{version}/{phone_number_id}/media`: keeps a file and answers its id.
 *
 * @throws {GraphError} 100 if `messaging_product`, `file` or its type is missing or wrong; 131053 if it is too big.
 */
export async function uploadMedia(simulation: Simulation, request: Request, id: string): Promise<Response> {
  const number = authorizedNumber(simulation, request, id);
  const form = await request.formData().catch(() => undefined);
  if (form?.get("messaging_product") !== "whatsapp") {
    throw GraphError.parameter("The parameter messaging_product is required.");
  }
  const file = form.get("file");
  if (!(file instanceof File)) throw GraphError.parameter("The parameter file is required.");
  const declared = form.get("type");
  const mimeType = typeof declared === "string" && declared !== "" ? declared : file.type;
  const limit = LIMITS.find(({ types }) => types.test(mimeType.split(";")[0]?.trim() ?? ""));
  if (!limit) throw GraphError.parameter(`Param file must be a file of a supported type, got "${mimeType}".`);
  if (file.size > limit.bytes) {
    throw GraphError.of(131053, `Media upload error: ${file.size} bytes, at most ${limit.bytes} are allowed`);
  }
  const media = await simulation.media.keep(await file.bytes(), {
    mime_type: mimeType,
    file_name: file.name,
    phone_number_id: number.phone_number_id,
  });
  return Response.json({ id: media.id });
}

/** `GET /{version}/{media_id}?phone_number_id=`: where the file can be fetched for the next minutes. */
export async function answerMediaDescription(
  simulation: Simulation,
  request: Request,
  url: URL,
  id: string,
): Promise<Response> {
  const media = await ownedMedia(simulation, request, id, url.searchParams.get("phone_number_id"));
  return Response.json({
    messaging_product: "whatsapp",
    url: mediaUrl(simulation, url.origin, media.id),
    mime_type: media.mime_type,
    // Hexadecimal here, base64 in webhooks: so it is at the vendor.
    sha256: hexadecimal(media.sha256),
    file_size: media.file_size,
    id: media.id,
  });
}

/** An address that gives the file to a genuine token for a while. */
export function mediaUrl(simulation: Simulation, origin: string, id: string): string {
  const expires = Math.floor(simulation.clock.now() / 1000) + simulation.settings().media_url_lifetime_s;
  return `${origin}${simulation.media.pathOf(id, expires)}`;
}

/** `GET` of such an address: the bytes; 401 without a genuine token, 404 once the address has run out. */
export async function downloadMedia(
  simulation: Simulation,
  request: Request,
  url: URL,
  id: string,
): Promise<Response> {
  genuineToken(simulation, request);
  const expires = Number(url.searchParams.get("expires"));
  const signature = url.searchParams.get("signature") ?? "";
  const media = await simulation.media.describeForBusiness(id);
  if (!media || !simulation.media.isGenuine(id, expires, signature, simulation.clock.now() / 1000)) {
    return new Response(null, { status: 404 });
  }
  return new Response(await simulation.media.read(id), { headers: { "content-type": media.mime_type } });
}

/** `DELETE /{version}/{media_id}`: forgets a file. */
export async function removeMedia(simulation: Simulation, request: Request, id: string): Promise<Response> {
  const media = await ownedMedia(simulation, request, id, null);
  await simulation.media.remove(media.id);
  return Response.json({ success: true });
}

async function ownedMedia(
  simulation: Simulation,
  request: Request,
  id: string,
  phoneNumberId: string | null,
): Promise<MediaDescription> {
  genuineToken(simulation, request);
  const media = await simulation.media.describeForBusiness(id);
  const isForeign = phoneNumberId !== null && media?.phone_number_id !== undefined &&
    media.phone_number_id !== phoneNumberId;
  if (!media || isForeign) throw GraphError.unknownObject(request.method, id);
  return media;
}

function hexadecimal(base64: string): string {
  return Array.from(atob(base64), (unit) => unit.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
