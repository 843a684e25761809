import assert from "node:assert/strict";
import { type LanguageModel, type ModelRequest, runTurn } from "@app/sales-engine/mod.ts";
import { buildProposal, buildSnapshot, demoMachines } from "@app/sales-engine/testing.ts";
import type { Fault } from "../doubles/fault.ts";
import { type FailureReason, ModelFailure } from "./model-failure.ts";
import { doubledProviders, withDouble } from "./testing/doubled-model.ts";
import { engineRequest } from "./testing/engine-request.ts";

const never = new AbortController().signal;
const says = (text: string) => ({ answer: () => ({ text }) });

async function failureOf(model: LanguageModel, request: ModelRequest): Promise<ModelFailure> {
  const error = await model.complete(request, never).then(() => null, (reason: unknown) => reason);
  assert.ok(error instanceof ModelFailure, `expected a ModelFailure, got ${error}`);
  return error;
}

for (const provider of doubledProviders) {
  Deno.test(`${provider}Model(): a turn of the engine is answered over HTTP`, async () => {
    const proposal = buildProposal({ replies: [{ text: "¡Hola! ¿Qué buscas?", buttons: [] }] });
    await withDouble(provider, async (model, double) => {
      const turn = { model, clock: { nowMs: () => 0 } };
      const result = await runTurn(buildSnapshot(demoMachines.gym), turn);

      assert.deepEqual(double.calls.map((call) => call.refusal), [null]);
      assert.equal(result.replies[0]?.text, "¡Hola! ¿Qué buscas?");
      assert.deepEqual(result.evidence.refusals, []);
      assert.equal(result.model.name, model.name);
      assert.ok(result.model.inputTokens > 3_000 && result.model.outputTokens > 10);
    }, { double: says(JSON.stringify(proposal)) });
  });

  Deno.test(`${provider}Model(): both demo machines' schemas are taken, and an answer that fits them is read`, async () => {
    await withDouble(provider, async (model, double) => {
      for (const machine of Object.values(demoMachines)) {
        const { answer } = await model.complete(await engineRequest(machine), never);
        assert.equal(typeof answer, "object");
      }
      assert.deepEqual(double.calls.map((call) => call.refusal), [null, null]);
    });
  });

  Deno.test(`${provider}Model(): the complaint of a repair is the last thing that is said`, async () => {
    await withDouble(provider, async (model, double) => {
      const request = await engineRequest();
      await model.complete({ ...request, complaint: "replies: too small" }, never);

      const sent = JSON.stringify(double.calls[0]?.body);
      assert.equal(double.calls[0]?.refusal, null);
      assert.match(sent, /Your previous answer could not be used. replies: too small/);
      assert.ok(sent.indexOf("replies: too small") > sent.indexOf("New messages"));
    });
  });

  Deno.test(`${provider}Model(): text that is not JSON goes to the engine as text`, async () => {
    await withDouble(provider, async (model) => {
      const { answer } = await model.complete(await engineRequest(), never);

      assert.equal(answer, "¡Hola! Soy **Luna** | tabla |");
    }, { double: says("¡Hola! Soy **Luna** | tabla |") });
  });

  const faults: [Fault, FailureReason, retryable: boolean][] = [
    [{ status: 429, retryAfter: "7" }, "rate_limited", true],
    [{ status: 500 }, "overloaded", true],
    [{ status: 503 }, "overloaded", true],
    [{ status: 529 }, "overloaded", true],
    [{ status: 403 }, "unauthorized", false],
    [{ status: 402 }, "unpaid", false],
    [{ status: 404 }, "invalid_request", false],
    ["cut_stream", "cut", true],
    ["reset", "connection", true],
    ["error_in_stream", "overloaded", true],
    ["garbage", "unreadable", true],
    ["foreign_json", "unreadable", true],
    ["empty", "empty", true],
    ["huge", "too_long", true],
    ["html", "unreadable", true],
  ];
  for (const [fault, reason, retryable] of faults) {
    const name = typeof fault === "string" ? fault : String(fault.status);
    Deno.test(`${provider}Model(): ${name} becomes a failure: ${reason}`, async () => {
      await withDouble(provider, async (model, double) => {
        double.misbehave(fault);
        const failure = await failureOf(model, await engineRequest());

        assert.equal(failure.reason, reason);
        assert.equal(failure.retryable, retryable);
        assert.equal(failure.code, "unavailable");
        assert.equal(double.calls.length, 1, "the SDK does not retry by itself");
        if (typeof fault === "object") assert.equal(failure.providerStatus, fault.status);
        if (reason === "rate_limited") assert.equal(failure.retryAfterMs, 7_000);
      });
    });
  }

  for (const fault of ["hang", "hang_in_stream"] as const) {
    Deno.test(`${provider}Model(): ${fault} ends with the call's time`, async () => {
      await withDouble(provider, async (model, double) => {
        double.misbehave(fault, fault);
        const failure = await failureOf(model, await engineRequest());
        assert.equal(failure.reason, "timeout");
        assert.match(failure.message, /60 ms/);

        const short = await failureOf(model, { ...await engineRequest(), deadlineMs: 30 });
        assert.match(short.message, /30 ms/);
      }, { timeoutMs: 60 });
    });

    Deno.test(`${provider}Model(): ${fault} ends when the turn is aborted, with its reason`, async () => {
      await withDouble(provider, async (model, double) => {
        double.misbehave(fault);
        const end = new AbortController();
        const reason = new Error("a newer message");
        setTimeout(() => end.abort(reason), 30);

        await assert.rejects(model.complete(await engineRequest(), end.signal), reason);
      });
    });
  }

  Deno.test(`${provider}Model(): what failed is charged as far as the provider worked for it`, async () => {
    await withDouble(provider, async (model, double) => {
      for (const fault of ["cut_stream", "empty", "garbage", "reset", "huge", "hang"] as const) {
        double.misbehave(fault);
        const { spent } = await failureOf(model, await engineRequest());
        assert.ok(spent.inputTokens > 100, `${fault}: ${spent.inputTokens} tokens read`);
        assert.equal(spent.costUsd > 0, provider !== "compatible", fault);
      }
      for (const fault of ["html", { status: 500 }, { status: 429 }] as const) {
        double.misbehave(fault);
        assert.equal((await failureOf(model, await engineRequest())).spent.inputTokens, 0);
      }
    }, { timeoutMs: 300 });
  });

  Deno.test(`${provider}Model(): a server that is not there is a failed connection`, async () => {
    await withDouble(provider, async (model, double) => {
      await double.stop();
      const failure = await failureOf(model, await engineRequest());
      assert.equal(failure.reason, "connection");
      assert.equal(failure.retryable, true);
    });
  });

  Deno.test(`${provider}Model(): a wrong key is for good, and no error shows it`, async () => {
    const apiKey = "sk-secret-do-not-show-9876543210";
    await withDouble(provider, async (model) => {
      const failure = await failureOf(model, await engineRequest());

      assert.equal(failure.reason, "unauthorized");
      assert.equal(failure.retryable, false);
      const shown = Deno.inspect(failure, { depth: 10, showHidden: true }) + JSON.stringify(failure) +
        failure.stack;
      assert.doesNotMatch(shown, /sk-secret|9876543210|hola/);
    }, { apiKey });
  });

  Deno.test(`${provider}Model(): an answer that was stopped by the limit, or declined, is none`, async () => {
    const endings = ["cut", "declined"] as const;
    for (const ending of endings) {
      await withDouble(provider, async (model) => {
        assert.equal((await failureOf(model, await engineRequest())).reason, ending);
      }, { double: { answer: () => ({ text: "{}", ending }) } });
    }
  });

  Deno.test(`${provider}Model(): pictures stand beside the text`, async () => {
    await withDouble(provider, async (model, double) => {
      const request = await engineRequest();
      const [system, user] = request.blocks;
      assert.ok(system && user);
      const images = [{ mimeType: "image/png" as const, base64: "iVBORw0KGgo=" }];
      await model.complete({ ...request, blocks: [system, { ...user, images }] }, never);

      assert.equal(double.calls[0]?.refusal, null);
      assert.match(JSON.stringify(double.calls[0]?.body), /iVBORw0KGgo=/);
    });
  });

  Deno.test(`${provider}Model(): tools are offered, called, and answered in order`, async () => {
    const calls = [
      { id: "call_1", name: "search_products", input: { query: "cajas", limit: null } },
      { id: "call_2", name: "search_products", input: { query: "cinta", limit: 3 } },
    ];
    const tools = [{
      name: "search_products",
      description: "Finds products",
      parameters: {
        type: "object",
        properties: { query: { type: "string", minLength: 1 }, limit: { type: ["integer", "null"] } },
        required: ["query"],
      },
    }];
    let turn = 0;
    await withDouble(provider, async (model, double) => {
      const request = { ...await engineRequest(), tools };
      const asked = await model.complete(request, never);
      assert.equal(asked.answer, null);
      assert.deepEqual(asked.toolCalls, calls);

      // The results come as they were finished, not as they were asked.
      const results = [{ callId: "call_2", text: "none", isError: true }, { callId: "call_1", text: "C-40" }];
      const again = await model.complete({ ...request, toolExchanges: [{ calls, results }] }, never);
      assert.equal(again.toolCalls, undefined);
      assert.deepEqual(double.calls.map((call) => call.refusal), [null, null]);
    }, { double: { answer: () => turn++ === 0 ? { toolCalls: calls } : { text: "{}" } } });
  });
}
