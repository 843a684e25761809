// The project's secret key opens every tenant's door, so no function reads it but for the purpose that is named here.

/** Files of the product that may read it, and what for. */
export const readers = {
  "supabase/functions/_shared/config.ts": "reads the environment, for all",
  "supabase/functions/_shared/authenticate.ts": "compares what schedules and other functions of ours show",
  "supabase/functions/_shared/wake.ts": "calls process-pending, which asks for it",
  "supabase/functions/_shared/storage.ts":
    "keeps and sends customers' files; Storage knows no worker of a tenant",
  "supabase/functions/invite-member/index.ts": "has Auth send a mail to somebody who has no login yet",
};

const uses = new RegExp(
  [
    /SUPABASE_SECRET_KEYS?|SERVICE_ROLE|service_role/,
    /\bsecrets(?:\?\.|\.)secretKeys\b/,
    /\bsecretKeys\s*(?:\?\.|\.|\[)/,
    // Taken out of the settings, by a declaration or a parameter.
    /\{[^{}]*\bsecretKeys\b[^{}]*\}\s*(?:=(?!>)|:)/,
  ].map(({ source }) => source).join("|"),
);

/**
 * Complaints about files that read the key without a purpose, and about purposes that nobody has any more.
 *
 * @param {Map<string, string>} sources Texts of the product's files by path; tests left out.
 * @returns {string[]} One line each.
 */
export function secretKeyMisuses(sources) {
  const reading = [...sources].filter(([, text]) => uses.test(text)).map(([file]) => file);
  return [
    ...reading.filter((file) => !readers[file]).map((file) =>
      `${file}: reads the secret key; if that is its purpose, say so in scripts/check/secret-key.mjs`
    ),
    ...Object.keys(readers).filter((file) => !reading.includes(file)).map((file) =>
      `scripts/check/secret-key.mjs: ${file} does not read the secret key`
    ),
  ];
}
