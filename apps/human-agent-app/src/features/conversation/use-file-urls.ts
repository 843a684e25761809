import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Backend } from "../../lib/backend.ts";
import { useDesk } from "../../lib/desk.ts";
import { afterFirstScreen } from "../../lib/first-screen.ts";
import { keys } from "../../lib/keys.ts";
import type { Message } from "../../lib/records/message.ts";

/** Signed addresses live an hour; asked anew well before. */
const aliveSeconds = 3600;
const freshMs = (aliveSeconds - 600) * 1000;

const none: ReadonlyMap<string, string> = new Map();
/** What was signed on this page, by path, and until when it is good: another address would be another download. */
const signed = new Map<string, { url: string; until: number }>();

/** Addresses of the stored files of messages, by path; the bucket is private, so each is signed for this person. */
export function useFileUrls(messages: Message[]): ReadonlyMap<string, string> {
  const { backend, tenant } = useDesk();
  const paths = [
    ...new Set(messages.flatMap(({ media }) => media?.path && media.status === "stored" ? [media.path] : [])),
  ];
  const { data = none } = useQuery({
    queryKey: keys.files(paths),
    enabled: paths.length > 0,
    placeholderData: keepPreviousData,
    staleTime: freshMs,
    gcTime: freshMs,
    retry: 1,
    queryFn: async () => {
      await afterFirstScreen();
      const urls = await Promise.all(
        paths.map(async (path) => [path, await addressOf(backend, `client-${tenant.slug}`, path)] as const),
      );
      return new Map(urls.flatMap(([path, url]) => url ? [[path, url] as const] : []));
    },
  });
  return data;
}

/** One that cannot be signed, since its file is gone, keeps no other from being shown. */
async function addressOf(backend: Backend, bucket: string, path: string): Promise<string | undefined> {
  const known = signed.get(path);
  if (known && known.until > Date.now()) return known.url;
  const { storage } = await backend.supabase();
  const sign = () => storage.from(bucket).createSignedUrl(path, aliveSeconds);
  const { data } = await sign().then((first) => first.error ? sign() : first);
  if (data) signed.set(path, { url: data.signedUrl, until: Date.now() + freshMs });
  return data?.signedUrl;
}
