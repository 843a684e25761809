import type { Expectation } from "../probing/compare.ts";

const people: Expectation = {
  "stranger": "u",
  "agent of a": "u",
  "admin of a": "u",
  "owner of a": "u",
  "agent of b": "u",
  "admin of b": "u",
  "owner of b": "u",
};
const workers: Expectation = { "worker of a": "u", "worker of b": "u" };
const router: Expectation = { router: "u" };

/** Who may look into a schema, as the letter u(sage); nobody but the project's owner may c(reate) in one. */
export const schemas: Record<string, Expectation> = {
  public: { anon: "u", ...people, ...workers, ...router },
  api: people,
  private: { ...people, ...workers, ...router },
  engine: { ...workers, ...router },
  // People reach a tenant's tables through schema api, which runs as them: there it is policies that part them.
  tenant: { ...people, "worker of a": "u" },
};
