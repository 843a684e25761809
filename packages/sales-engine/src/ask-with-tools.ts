import { addUsage, askModel } from "./ask-model.ts";
import type { LanguageModel, ModelReply, ModelRequest } from "./language-model.ts";
import type { ToolBox } from "./tools/tool-box.ts";
import type { ToolExchange } from "./tool-calls.ts";
import type { TurnResult } from "./turn-result.ts";

/** Times that a model may call tools in a turn before it has to answer. */
const mostExchanges = 5;

/** A model's answer, what it cost, and the question with all that tools said on the way. */
export interface ToolTalk {
  reply: ModelReply;
  usage: TurnResult["model"];
  question: ModelRequest;
}

/**
 * Asks the model and does its calls until it answers, five times at most; then it is asked once more, with no
 * tool left to call. What comes after that is its answer, whatever it is.
 *
 * @throws What the model throws, or the signal's reason.
 */
export async function askWithTools(
  model: LanguageModel,
  question: ModelRequest,
  box: ToolBox,
  usage: TurnResult["model"],
  leftMs: () => number,
  signal: AbortSignal,
): Promise<ToolTalk> {
  const exchanges: ToolExchange[] = [];
  const asked: ModelRequest = box.definitions.length === 0
    ? question
    : { ...question, tools: box.definitions, toolExchanges: exchanges };
  let spent = usage;
  for (;;) {
    const reply = await askModel(model, { ...asked, deadlineMs: leftMs() }, signal);
    spent = addUsage(spent, reply);
    const calls = reply.toolCalls ?? [];
    if (calls.length === 0 || exchanges.length > mostExchanges) {
      return { reply, usage: spent, question: asked };
    }
    exchanges.push(
      exchanges.length < mostExchanges ? await box.answer(calls, signal) : {
        calls,
        results: calls.map(({ id }) => ({
          callId: id,
          text: "No more tools in this turn: answer now.",
          isError: true,
        })),
      },
    );
  }
}
