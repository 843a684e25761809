/** What the apps look like: the view of a conversation, its words, and the theme. Styles are in `styles.css`. */
export { Avatar } from "./src/avatar.tsx";
export type { ChatButton, ChatContent, ChatItem, Delivery } from "./src/chat/chat-item.ts";
export { type ChatActions, type ChatOnView, ChatView } from "./src/chat/chat-view.tsx";
export { Composer, type ComposerActions, type FileKind } from "./src/chat/composer.tsx";
export { formatListTime } from "./src/chat/format-time.ts";
export { DeliveryTicks } from "./src/chat/delivery-ticks.tsx";
export { IconButton } from "./src/icon-button.tsx";
export { ModalDialog } from "./src/modal-dialog.tsx";
export type { ChatLabels, Language } from "./src/labels/chat-labels.ts";
export { chatLabels, languages } from "./src/labels/chat-labels.ts";
export { type Theme, useTheme } from "./src/theme/use-theme.ts";
