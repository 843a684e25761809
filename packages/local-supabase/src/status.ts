import { rm, writeFile } from "node:fs/promises";

/** What `.local/status.json` tells while the platform is up; a part that is not there is absent. */
export interface Status {
  api_url: string;
  /** Logs in as the project's owner, with the rights that it has when hosted. */
  db_url: string;
  publishable_key: string;
  secret_key: string;
  jwt_secret: string;
  apps: Record<string, string>;
  whatsapp?: object;
  users: { email: string; password: string; role: string; tenant: string }[];
}

/** Writes the file; readable by its owner only, since it holds keys. */
export async function writeStatus(file: string, status: Status): Promise<void> {
  await writeFile(file, `${JSON.stringify(status, null, 2)}\n`, { mode: 0o600 });
}

/** Removes the file: the platform is down. */
export async function removeStatus(file: string): Promise<void> {
  await rm(file, { force: true });
}
