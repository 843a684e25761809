/** Tags that only lay out; anything else in angle brackets may be words, such as `<tu nombre>`. */
const tag =
  /<\/?(?:a|b|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?\/?>/gi;

/** Takes layout out of HTML that a model wrote: line breaks stay, words stay. */
export function renderHtml(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/<\/(?:p|div|li|tr|h[1-6])>(?=\s*\S)/gi, "\n")
    .replace(tag, "");
}
