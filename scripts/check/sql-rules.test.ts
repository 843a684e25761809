import assert from "node:assert/strict";
import { handmadeSql, namesInSql } from "./sql-rules.mjs";

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
