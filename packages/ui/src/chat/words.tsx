/** Up to three emoji and nothing else. */
const ONLY_EMOJI =
  /^(?:\s*\p{Emoji_Presentation}(?:\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic}|\ufe0f)*){1,3}\s*$/u;

/** Customer and bot text: as written, with its line breaks and in its own direction, never as markup. */
export function Words({ text }: { text: string }) {
  if (text === "") return null;
  const size = ONLY_EMOJI.test(text) ? "text-4xl leading-tight" : "text-[0.9375rem] leading-snug";
  return (
    <p
      dir="auto"
      data-testid="message-text"
      className={`[overflow-wrap:anywhere] whitespace-pre-wrap ${size}`}
    >
      {text}
    </p>
  );
}
