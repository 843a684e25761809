import { demoMachines, playTranscript } from "@app/sales-engine/testing.ts";
import { offlineModel } from "../mod.ts";

const transcripts = [
  ["packaging-wholesaler", demoMachines.packagingWholesaler],
  ["gym", demoMachines.gym],
] as const;

for (const [name, machine] of transcripts) {
  for (const language of ["es", "en", "pt"]) {
    Deno.test(`offlineModel() plays the transcript ${name}.${language}`, async () => {
      const path = new URL(`../testdata/transcripts/${name}.${language}.txt`, import.meta.url);

      await playTranscript(await Deno.readTextFile(path), { machine, model: offlineModel() });
    });
  }
}
