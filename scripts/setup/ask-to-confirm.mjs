import process from "node:process";
import { createInterface } from "node:readline/promises";

/**
 * Asks a person at the terminal and waits for their answer.
 *
 * @param {string} question As it is shown, with what may be answered.
 * @param {(answer: string) => boolean} isYes Whether an answer, spaces around it taken off, means yes.
 * @param {string} instead What a program says in place of an answer, as `--yes to drop`; named where nobody can be asked.
 * @returns {Promise<boolean>} Whether they said it.
 * @throws {Error} When this is no terminal.
 */
export async function askToConfirm(question, isYes, instead) {
  if (!process.stdin.isTTY) {
    throw new Error(`Cannot ask for confirmation: this is no terminal; say ${instead}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const said = await terminal.question(question);
  terminal.close();
  return isYes(said.trim());
}

/**
 * Whether an answer is a yes to `[y/N]`.
 *
 * @param {string} answer
 */
export function saysYes(answer) {
  return /^y(es)?$/i.test(answer);
}
