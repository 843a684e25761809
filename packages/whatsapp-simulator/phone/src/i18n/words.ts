/** All words of the page but those of the conversation view. */
export interface Words {
  title: string;
  chats: string;
  search: string;
  nothingFound: string;
  newChat: string;
  emptyTitle: string;
  emptyText: string;
  noNumbers: string;
  chooseChat: string;
  chooseChatText: string;
  back: string;
  close: string;
  noMessages: string;
  greet: (business: string) => string;
  youAre: (name: string) => string;
  unread: (count: number) => string;
  draft: string;
  lost: string;
  retry: string;
  person: string;
  newPerson: string;
  name: string;
  phone: string;
  noPhone: string;
  noPhoneHint: string;
  number: string;
  startChat: string;
  wrongPhone: string;
  position: string;
  latitude: string;
  longitude: string;
  place: string;
  myPosition: string;
  sendPosition: string;
  faults: string;
  faultsHint: string;
  faultsActive: (count: number) => string;
  duplicate: string;
  duplicateHint: string;
  reorder: string;
  reorderHint: string;
  delay: string;
  delayHint: string;
  serverErrors: string;
  serverErrorsHint: string;
  answers: string;
  answersHint: string;
  /** How often a fault strikes, by the names of `chance.ts`. */
  chances: Record<"never" | "once" | "thrice" | "fifth" | "always", string>;
  answerFaults: Record<
    | "status_429"
    | "error"
    | "timeout_before_accept"
    | "timeout_after_accept"
    | "reset_before_accept"
    | "reset_after_accept"
    | "html_before_accept"
    | "html_after_accept"
    | "fail_later",
    string
  >;
  answerDelay: string;
  slowBody: string;
  dropStatuses: string;
  dropDelivered: string;
  dropAll: string;
  windowError: string;
  atOnce: string;
  later: string;
  more: {
    title: string;
    text: string;
    exampleText: string;
    echo: string;
    fromAd: string;
    edit: string;
    revoke: string;
    react: string;
    order: string;
    form: string;
    contact: string;
    changeNumber: string;
    stop: string;
  };
  endFaults: string;
  seconds: (count: number) => string;
  never: string;
  language: string;
  theme: Record<"toLight" | "toDark", string>;
  facts: {
    userId: string;
    phone: string;
    speaksWith: string;
    window: string;
    windowOpen: (time: string) => string;
    windowClosed: string;
  };
}
