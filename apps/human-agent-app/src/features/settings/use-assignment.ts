import { useQuery, useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { showToast } from "@app/ui/mod.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useComplain } from "../../lib/use-complain.ts";

const assignment = z.object({
  assignment: z.enum(["shared", "balanced"]),
  skills: z.record(z.string(), z.array(z.string())),
});

/** How requests for a person are given out, and what members are good at, by user id. */
export type Assignment = z.infer<typeof assignment>;

/** Reads and keeps it; only owners and admins may keep it. */
export function useAssignment() {
  const { backend, tenant } = useDesk();
  const { words } = useAllSpeech();
  const client = useQueryClient();
  const complain = useComplain();
  const queryKey = keys.assignment(tenant.id);
  const query = useQuery({
    queryKey,
    queryFn: () => call(backend, "get_assignment", { p_tenant_id: tenant.id }, assignment),
  });
  async function save(wanted: Assignment): Promise<void> {
    try {
      await call(
        backend,
        "save_assignment",
        { p_tenant_id: tenant.id, p_assignment: wanted.assignment, p_skills: wanted.skills },
        z.unknown(),
      );
      showToast({ text: words.settings.saved });
    } catch (error) {
      complain(error);
    } finally {
      void client.invalidateQueries({ queryKey });
    }
  }
  return { query, save, mayChange: tenant.role !== "agent" };
}
