import { useQueries } from "@tanstack/react-query";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import type { Message } from "../../lib/records/message.ts";

/** Signed addresses live an hour; asked anew well before. */
const aliveSeconds = 3600;

/** Addresses of the stored files of messages, by path; the bucket is private, so each is signed for this person. */
export function useFileUrls(messages: Message[]): Map<string, string> {
  const { backend, tenant } = useDesk();
  const paths = [
    ...new Set(messages.flatMap(({ media }) => media?.path && media.status === "stored" ? [media.path] : [])),
  ];
  return useQueries({
    queries: paths.map((path) => ({
      queryKey: keys.file(path),
      staleTime: (aliveSeconds - 600) * 1000,
      gcTime: (aliveSeconds - 300) * 1000,
      retry: 1,
      queryFn: async () => {
        const { data, error } = await backend.storage.from(`client-${tenant.slug}`).createSignedUrl(
          path,
          aliveSeconds,
        );
        if (error) throw error;
        return data.signedUrl;
      },
    })),
    combine: (results) =>
      new Map(
        paths.flatMap((path, index) => results[index]?.data ? [[path, results[index].data] as const] : []),
      ),
  });
}
