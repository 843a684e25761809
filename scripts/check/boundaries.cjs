// Which folder may import which: the arrows of docs/ARCHITECTURE.md, as a program.

/** Tests and what they share may use the tools; what runs in production may not. */
const tests = "(\\.test\\.(ts|mjs)$|/testing\\.ts$|/testing/|/testdata/|^supabase/tests/)";

/** One rule: files below `from` may import only files below one of `to`, their own folder, and npm packages. */
function only(name, from, to) {
  return {
    name,
    severity: "error",
    from: { path: from, pathNot: tests },
    to: { path: "^(packages|supabase|apps|scripts)/", pathNot: [from, ...to] },
  };
}

module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    { name: "everything-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
    only("contracts-know-nobody", "^packages/contracts/", []),
    only("engine-is-pure", "^packages/sales-engine/", []),
    only("channels-know-contracts", "^packages/channels/", ["^packages/contracts/mod.ts$"]),
    only("push-knows-contracts", "^packages/push/", ["^packages/contracts/mod.ts$"]),
    only("models-know-the-engine", "^packages/models/", ["^packages/(contracts|sales-engine)/mod.ts$"]),
    only("use-cases-know-engine-and-contracts", "^packages/conversations/", [
      "^packages/(contracts|sales-engine)/mod.ts$",
    ]),
    only("ui-knows-contracts", "^packages/ui/", ["^packages/contracts/mod.ts$"]),
    only("the-simulator-knows-only-the-chat-view", "^packages/whatsapp-simulator/", ["^packages/ui/mod.ts$"]),
    only("the-agent-app-knows-contracts-ui-and-the-engine", "^apps/human-agent-app/", [
      "^packages/(contracts|ui|sales-engine)/mod.ts$",
    ]),
    {
      name: "a-feature-knows-no-other",
      severity: "error",
      from: { path: "^apps/[^/]+/src/features/([^/]+)/" },
      to: { path: "^apps/[^/]+/src/(app/|features/)", pathNot: "^apps/[^/]+/src/features/$1/" },
    },
    {
      name: "components-and-lib-know-no-feature",
      severity: "error",
      from: { path: "^apps/[^/]+/src/(components|lib)/" },
      to: { path: "^apps/[^/]+/src/(app|features)/" },
    },
    only("the-platform-knows-no-domain", "^packages/local-supabase/", []),
    {
      name: "functions-wire-packages-and-never-each-other",
      severity: "error",
      from: { path: "^supabase/functions/([^/]+)/", pathNot: tests },
      to: {
        path: "^(packages|supabase|apps|scripts)/",
        pathNot: [
          "^supabase/functions/$1/",
          "^supabase/functions/_shared/",
          "^packages/(contracts|conversations|channels|models|knowledge|push|sales-engine)/mod.ts$",
        ],
      },
    },
    {
      name: "a-package-has-one-face",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { path: "^packages/([^/]+)/src/", pathNot: "^packages/$1/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.local)/" },
    tsConfig: { fileName: "scripts/check/tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
