import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import type { HandBackProposal, MachineDefinition } from "@app/sales-engine/mod.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";

const record = z.record(z.string(), z.unknown());

const stretchRecord = z.object({
  now: z.string(),
  time_zone: z.string(),
  state: z.nullable(z.string()),
  variables: record,
  /** Checked when it was published; parsing it again would bring the whole checker onto the phone. */
  machine: z.nullable(z.custom<MachineDefinition>((value) => record.safeParse(value).success)),
  messages: z.array(z.object({
    id: z.string(),
    seq: z.number(),
    from: z.enum(["contact", "bot", "agent", "system"]),
    type: z.string(),
    content: z.string(),
    at: z.string(),
  })),
});

/** What the engine reads from a human stretch, and the states that the bot could go on in. */
export interface ReadStretch {
  proposal: HandBackProposal;
  states: string[];
}

/** The proposal of a hand-back; `null` where no machine has led the conversation yet. Read anew for each dialog. */
export function useHandBackProposal(sessionId: string) {
  const { backend, tenant } = useDesk();
  return useQuery({
    queryKey: ["hand-back", tenant.id, sessionId],
    gcTime: 0,
    staleTime: Infinity,
    queryFn: async (): Promise<ReadStretch | null> => {
      const stretch = await call(
        backend,
        "propose_hand_back",
        { p_tenant_id: tenant.id, p_session_id: sessionId },
        stretchRecord,
      );
      if (!stretch.machine) return null;
      // The engine is needed here only: who never hands back never loads it.
      const { proposeHandBack } = await import("@app/sales-engine/mod.ts");
      const { now, time_zone: timeZone, machine, state, variables, messages } = stretch;
      return {
        proposal: proposeHandBack({ now, timeZone, machine, state, variables, messages }),
        states: Object.keys(machine.states),
      };
    },
  });
}
