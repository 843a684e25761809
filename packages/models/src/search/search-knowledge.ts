import { type ModelRequest, StateMachine, type ToolCall, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import { readTurn } from "../decide/read-turn.ts";
import { answersTo } from "../speak/answers-to.ts";
import type { FoundPassage } from "./found-passage.ts";

const toolName = "search_knowledge";

/** The search that would answer what the machine's own words do not; `null` if there is none or it was made. */
export function wantedSearch({ snapshot, tools, toolExchanges }: ModelRequest): ToolCall | null {
  if (!tools?.some(({ name }) => name === toolName) || !maySearch(snapshot)) return null;
  if (toolExchanges?.some(({ calls }) => calls.some(({ name }) => name === toolName))) return null;
  if (answersTo(readTurn(snapshot)).every(({ answer }) => answer !== null)) return null;
  const asked = snapshot.pending.filter(({ from }) => from === "contact").map(({ content }) => content);
  return { id: "search-1", name: toolName, input: { query: asked.join("\n").trim().slice(0, 1_000) } };
}

function maySearch({ machine, session }: TurnSnapshot): boolean {
  const drawn = StateMachine.of(machine);
  const { tools, knowledge } = drawn.state(
    session.state !== null && drawn.has(session.state) ? session.state : drawn.initial,
  );
  return tools.includes(toolName) || knowledge.length > 0;
}

/** What searches of this turn have found: one passage a line, its id in square brackets. */
export function passagesIn({ toolExchanges = [] }: ModelRequest): FoundPassage[] {
  const searches = toolExchanges.flatMap(({ calls, results }) =>
    results.filter(({ callId, isError }) =>
      !isError && calls.some(({ id, name }) => id === callId && name === toolName)
    )
  );
  return searches.flatMap(({ text }) =>
    [...text.matchAll(/^(?:⟦result: )?\[([^\]\n]+)\] (?:[^:\n]{1,80}: )?([^⟧]*?)⟧?$/gm)].map((match) => ({
      id: match[1] ?? "",
      text: match[2] ?? "",
    }))
  );
}
