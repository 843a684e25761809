import assert from "node:assert/strict";
import { rolledBack, type Stage } from "../testing/stage.ts";
import { topics } from "./expected/topics.ts";
import { differences } from "./probing/compare.ts";
import { startWalls } from "./probing/start-walls.ts";
import { readTopicMatrix, readTopicRow } from "./probing/topic-matrix.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startWalls()));
Deno.test.afterAll(() => stage.stop());

const file = "supabase/tests/isolation/expected/topics.ts";

/** Where the matrix differs from what is expected, after statements of a migration that is undone. */
function differencesAfter(...changes: string[]): Promise<string[]> {
  return differences(stage.sql, changes, (sql) => readTopicMatrix(sql, stage), topics, file);
}

Deno.test("every topic on which something is sent: who may hear and speak is as expected", async () => {
  assert.deepEqual(await differencesAfter(), []);
});

Deno.test("topics that nothing is sent on are closed to everybody", async () => {
  const { id } = stage.a;
  for (
    const topic of [
      "tenant",
      "tenant:",
      "anything",
      `tenant:${id}:`,
      `tenant:${id}:sessions:${stage.a.sessionId}`,
      `tenant:${id}:session:${stage.a.sessionId}:more`,
      `tenant:${id}:session:`,
      ` tenant:${id}`,
      `tenant:${id.toUpperCase()}`,
      `tenant:${stage.b.id}:tenant:${id}`,
      // A conversation that the tenant does not have: the other's, and one that was made up.
      `tenant:${id}:session:${stage.b.sessionId}`,
      `tenant:${id}:session:00000000-0000-4000-8000-000000000001`,
    ]
  ) {
    const row = await rolledBack(stage.sql, (sql) => readTopicRow(sql, stage, topic));
    assert.equal(Object.values(row).join(""), "", topic);
  }
});

for (
  const [leak, change, shown] of [
    [
      "a policy that lets everybody hear",
      `create policy "Leak" on realtime.messages for select to authenticated using (true)`,
      /tenant:<id>: stranger may "hp", wanted ""/,
    ],
    [
      "members who may speak for the database",
      `create policy "Leak" on realtime.messages for insert to authenticated
        with check (private.is_topic_of_member(realtime.topic()))`,
      /tenant:<id>: agent of a may "hpbt", wanted "hp"/,
    ],
    [
      "a topic that nobody listed",
      `select realtime.send('{}', 'x', 'tenant:' || (select id from public.tenants where slug = 'stage_a') || ':all', true)`,
      /^tenant:<id>:all has no expectation: add a line to/,
    ],
  ] as const
) {
  Deno.test(`every topic: the test shows ${leak}`, async () => {
    assert.match((await differencesAfter(change)).join("\n"), shown);
  });
}
