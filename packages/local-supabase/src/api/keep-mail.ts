import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A mail of Auth, as lite hands it to who sends it. */
export interface Mail {
  to: string;
  subject: string;
  text?: string;
  html?: string;
}

/**
 * Takes the place of a mail server: tells each mail with its first link and keeps it as a file, newest last by name.
 *
 * @param folder Made when the first mail comes.
 * @param say Receives one line per mail.
 */
export function keepMail(folder: string, say: (line: string) => void): (mail: Mail) => Promise<void> {
  return async (mail) => {
    const text = mail.text ?? mail.html ?? "";
    const name = `${new Date().toISOString().replaceAll(":", "-")} ${mail.to.replace(/[^\w@.+-]/g, "_")}.txt`;
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), `To: ${mail.to}\nSubject: ${mail.subject}\n\n${text}\n`, {
      mode: 0o600,
    });
    say(`mail to ${mail.to}: ${mail.subject}  ${linkOf(mail) ?? ""}`);
  };
}

/** The first link of a mail. */
export function linkOf(mail: Mail): string | undefined {
  return /https?:\/\/[^\s"'<>]+/.exec(mail.text ?? mail.html ?? "")?.[0].replaceAll("&amp;", "&");
}
