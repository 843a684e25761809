/**
 * What the apps look like: primitives, the view of a conversation, its words, and the theme. Styles are in `styles.css`;
 * `gallery` of the agent app shows all of it.
 */
export { Avatar } from "./src/avatar.tsx";
export { Badge, type BadgeTone } from "./src/badge.tsx";
export { Banner } from "./src/banner.tsx";
export { Button } from "./src/button.tsx";
export type { ChatActions } from "./src/chat/chat-actions.ts";
export { ChatHistory } from "./src/chat/chat-history.tsx";
export type { ChatButton, ChatContent, ChatItem, Delivery } from "./src/chat/chat-item.ts";
export { ChatView } from "./src/chat/chat-view.tsx";
export { Composer } from "./src/chat/composer.tsx";
export type { FileKind } from "./src/chat/composer-actions.ts";
export { DeliveryTicks } from "./src/chat/delivery-ticks.tsx";
export { formatListTime, formatTime } from "./src/chat/format-time.ts";
export { useGrowingHeight } from "./src/chat/use-growing-height.ts";
export { useVoiceRecorder, type VoiceRecorder } from "./src/chat/use-voice-recorder.ts";
export { VoiceRecording } from "./src/chat/voice-recording.tsx";
export { IconButton } from "./src/icon-button.tsx";
export { type ChatLabels, type Language, languages } from "./src/labels/chat-labels.ts";
export { chatLabels } from "./src/labels/dictionary.ts";
export { en as enLabels } from "./src/labels/en.ts";
export { es as esLabels } from "./src/labels/es.ts";
export { pt as ptLabels } from "./src/labels/pt.ts";
export { Menu, type MenuItem } from "./src/menu.tsx";
export { ModalDialog } from "./src/modal-dialog.tsx";
export { onPartMissing, tellPartIsMissing } from "./src/parts/missing-parts.ts";
export { fetchAhead, fetchLater, part } from "./src/parts/part.ts";
export { usePart } from "./src/parts/use-part.ts";
export { Popover } from "./src/popover.tsx";
export { Skeleton } from "./src/skeleton.tsx";
export { StateMessage } from "./src/state-message.tsx";
export { Switch } from "./src/switch.tsx";
export { TextField } from "./src/text-field.tsx";
export { type Theme, useTheme } from "./src/theme/use-theme.ts";
export { showToast } from "./src/toast/toast-store.ts";
export { Toasts } from "./src/toast/toasts.tsx";
