/** What the apps look like: the view of a conversation, its words, and the theme. Styles are in `styles.css`. */
export { Avatar } from "./src/avatar.tsx";
export type { ChatContent, ChatItem, Delivery } from "./src/chat/chat-item.ts";
export { ChatView } from "./src/chat/chat-view.tsx";
export { Composer } from "./src/chat/composer.tsx";
export type { FileKind } from "./src/chat/composer-actions.ts";
export { DeliveryTicks } from "./src/chat/delivery-ticks.tsx";
export { formatListTime } from "./src/chat/format-time.ts";
export { IconButton } from "./src/icon-button.tsx";
export { type ChatLabels, type Language, languages } from "./src/labels/chat-labels.ts";
export { chatLabels } from "./src/labels/dictionary.ts";
export { ModalDialog } from "./src/modal-dialog.tsx";
export { useTheme } from "./src/theme/use-theme.ts";
