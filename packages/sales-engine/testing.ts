/** For tests of the engine and of what stands behind its ports: builders, a scripted model, transcripts. */
export * from "./src/testing/build-proposal.ts";
export * from "./src/testing/build-snapshot.ts";
export * from "./src/testing/demo-machines.ts";
export * from "./src/testing/keep-turn.ts";
export * from "./src/testing/play-transcript.ts";
export * from "./src/testing/scripted-model.ts";
