/** What a picked file is meant to be. */
export type FileKind = "image" | "audio" | "document";

/** What the writer can do. */
export interface ComposerActions {
  onDraft: (text: string) => void;
  onSend: (text: string) => void;
  /** `isVoice`: recorded just now. */
  onFile: (kind: FileKind, file: File, isVoice: boolean) => void;
  onLocation: () => void;
}
