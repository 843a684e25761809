/** The last words of a repair attempt: what was wrong with the first answer. */
export function complaintText(complaint: string): string {
  return `Your previous answer could not be used. ${complaint}\n\nAnswer again, as one JSON object.`;
}
