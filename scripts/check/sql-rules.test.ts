import assert from "node:assert/strict";
import { handmadeSql, namesInSql, unnotedRefusals } from "./sql-rules.mjs";

Deno.test("handmadeSql() finds statements that are put together, and leaves quoted names and step DDL alone", () => {
  const fine = `
    create trigger t before update on a for each row execute function private.f();
    grant execute on function private.f to authenticated;
    execute format('create role %I nologin', v_worker);
    execute format(
      'comment on schema %I is %L', v_schema, 'Tenant ' || v_id
    );
    -- execute 'drop ' || v_name;
    execute v_step.ddl;`;
  assert.deepEqual(handmadeSql(fine), []);
  for (
    const bad of [
      "execute 'drop schema ' || v_name",
      "execute format('drop schema %s', v_name)",
      "execute format('select ' || v_list, v_name)",
      "execute v_text",
      "execute format(v_text, v_name)",
    ]
  ) assert.deepEqual(handmadeSql(`begin\n  ${bad};\nend`), [bad]);
});

Deno.test("namesInSql() finds texts of one's own and names that are put into a template", () => {
  assert.deepEqual(namesInSql("await sql`select ${value} from contacts`"), []);
  assert.deepEqual(namesInSql("await sql.unsafe(text)"), [".unsafe("]);
  assert.deepEqual(namesInSql("await sql`select from ${sql(schema)}.contacts`"), ["${sql(schema)"]);
});

Deno.test("unnotedRefusals() finds a refusal that leaves nothing behind", () => {
  const bad = `raise exception 'Cannot find "%"; it''s gone', p_id\n  using errcode = 'PT404';`;
  assert.deepEqual(unnotedRefusals(`if not found then ${bad}`), [bad.replace(/\s+/g, " ")]);
  assert.deepEqual(unnotedRefusals(`perform private.note_refusal('PT404', p_tenant_id);\n${bad}`), []);
  assert.deepEqual(unnotedRefusals("raise exception 'Cannot' using errcode = 'PT409';"), []);
});
