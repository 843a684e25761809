import type { Expectation } from "../probing/compare.ts";

const members = (rights: string): Expectation => ({
  "agent of a": rights,
  "admin of a": rights,
  "owner of a": rights,
});

/**
 * What an actor may do on a realtime topic of tenant a: h(ear broadcasts) p(resence: see who is there) b(roadcast)
 * t(rack: say that one is there). `<id>` stands for any uuid.
 */
export const topics: Record<string, Expectation> = {
  "tenant:<id>": members("hp"),
  "tenant:<id>:session:<id>": members("hpbt"),
};
