import process from "node:process";
import { createInterface } from "node:readline/promises";

/**
 * Asks a person at the terminal and waits for their answer.
 *
 * @param question As it is shown, with what may be answered.
 * @param isYes Whether an answer, spaces around it taken off, means yes.
 * @param instead What a program says in place of an answer, as `--yes to drop`; named where nobody can be asked.
 * @returns Whether they said it.
 * @throws {Error} When this is no terminal.
 */
export async function askToConfirm(
  question: string,
  isYes: (answer: string) => boolean,
  instead: string,
): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Error(`Cannot ask for confirmation: this is no terminal; say ${instead}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const said = await terminal.question(question);
  terminal.close();
  return isYes(said.trim());
}
