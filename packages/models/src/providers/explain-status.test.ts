import assert from "node:assert/strict";
import { explainStatus } from "./explain-status.ts";

for (
  const [status, message, expected] of [
    [400, "Invalid schema for response_format 'answer'", "schema_refused"],
    [400, "output_config.format.schema: The compiled grammar is too large", "schema_refused"],
    [400, "max_tokens: Field required", "invalid_request"],
    [401, "Incorrect API key provided: sk-1234", "unauthorized"],
    [403, "", "unauthorized"],
    [404, "The model does not exist", "invalid_request"],
    [408, "", "timeout"],
    [413, "", "invalid_request"],
    [402, "", "unpaid"],
    [400, "Your credit balance is too low to access the API", "unpaid"],
    [429, "insufficient_quota: You exceeded your current quota", "unpaid"],
    [429, "RESOURCE_EXHAUSTED: You exceeded your current quota", "rate_limited"],
    [429, "Rate limit reached", "rate_limited"],
    [500, "schema of the database", "overloaded"],
    [503, "", "overloaded"],
    [504, "", "timeout"],
    [529, "Overloaded", "overloaded"],
  ] as const
) {
  Deno.test(`explainStatus() takes ${status} "${message}" for ${expected}`, () => {
    assert.equal(explainStatus({ status, message }), expected);
  });
}
