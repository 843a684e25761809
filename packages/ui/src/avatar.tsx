/** Six calm grounds; each is dark enough for white letters (4.5:1). */
const GROUNDS = ["#2b6777", "#7a4f6d", "#4f6b3a", "#8a5a2b", "#4a5c94", "#8c4545"];

/**
 * A person or business as a coloured disc with initials. The same name always has the same colour. The initials are drawn
 * and no text of the page, so that a button with a disc is called by its name alone.
 */
export function Avatar({ name, size = 44 }: { name: string; size?: number }) {
  const ground = GROUNDS[hash(name) % GROUNDS.length];
  return (
    <span
      aria-hidden="true"
      data-initials={initials(name)}
      className="grid shrink-0 place-items-center rounded-full font-semibold tracking-wide text-white select-none before:content-[attr(data-initials)]"
      style={{ width: size, height: size, background: ground, fontSize: size * 0.36 }}
    />
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = [...(words[0] ?? name.replace(/^\+/, ""))][0] ?? "?";
  const last = words.length > 1 ? [...(words.at(-1) ?? "")][0] ?? "" : "";
  return (first + last).toLocaleUpperCase();
}

function hash(text: string): number {
  let value = 7;
  for (const unit of text) value = (value * 31 + (unit.codePointAt(0) ?? 0)) % 1_000_003;
  return value;
}
