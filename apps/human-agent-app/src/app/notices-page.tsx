import { NoticeList } from "../features/notices/notice-list.tsx";
import { useSpeech } from "../lib/speech.ts";
import { PageFrame } from "./page-frame.tsx";

/** The notification centre as a page. */
export function NoticesPage() {
  const { words } = useSpeech();
  return (
    <PageFrame title={words.noticesTitle}>
      <NoticeList />
    </PageFrame>
  );
}
