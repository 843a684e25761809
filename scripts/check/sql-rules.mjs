// SQL is never made from values. Where a statement has to name what a tenant is called, `format` quotes it; everywhere
// else values travel beside the text.

/**
 * Statements of a migration that run a text which was put together by hand: anything behind `execute` but a literal
 * format whose places are all %I or %L, or the DDL of a tenant step.
 *
 * @param {string} text The migration.
 * @returns {string[]} The statements, each on one line.
 */
export function handmadeSql(text) {
  const code = text.replace(/--[^\n]*/g, "");
  return [...code.matchAll(/(?<=[;\s])execute\s+(?!function\b|procedure\b|on\b|from\b|to\b)[^;]*/gi)]
    .map(([statement]) => statement.replace(/\s+/g, " ").trim())
    .filter((statement) => {
      if (statement === "execute v_step.ddl") return false;
      const format = statement.match(/^execute format\( ?'((?:[^']|'')*)'(?: ?,|\))/);
      return !format || /%(?![IL%])/.test(format[1]);
    });
}

/**
 * Calls of a source file that hand the driver a text of their own, or have it put a name into one.
 *
 * @param {string} text The file.
 * @returns {string[]} The calls.
 */
export function namesInSql(text) {
  return [
    ...text.matchAll(/\.unsafe\(/g),
    ...text.matchAll(/\$\{\s*(?:sql|transaction|connection|admin)\(\s*[^)]*\)/g),
  ].map(([call]) => call.replace(/\s+/g, " "));
}

/**
 * Refusals of people that nothing is left of: a 42501 or PT404 is raised and `private.note_refusal` was not called before.
 *
 * @param {string} text The migration.
 * @returns {string[]} The statements, each on one line.
 */
export function unnotedRefusals(text) {
  const code = text.replace(/--[^\n]*/g, "");
  return [...code.matchAll(/raise exception (?:[^;']|'(?:[^']|'')*')*;/g)]
    .filter(([statement]) => /errcode = '(?:PT404|insufficient_privilege|42501)'/.test(statement))
    .filter(({ index }) => !/perform private\.note_refusal\([^;]*;\s*$/.test(code.slice(0, index)))
    .map(([statement]) => statement.replace(/\s+/g, " ").trim());
}
