import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";

const text = z.nullable(z.string());
const contact = z.object({
  id: z.string(),
  name: text,
  language: text,
  attributes: z.record(z.string(), z.unknown()),
  tags: z.array(z.string()),
  opted_out_at: text,
  blocked_at: text,
  created_at: z.string(),
  identities: z.array(z.object({ channel_type: z.string(), kind: z.string(), external_id: z.string() })),
  sessions: z.array(z.object({
    id: z.string(),
    status: z.string(),
    state: text,
    summary: text,
    created_at: z.string(),
    last_message_at: text,
    message_count: z.number(),
  })),
});

/** A person, with how channels know them and their past conversations. */
export type Contact = z.infer<typeof contact>;

/** One contact. */
export function useContact(contactId: string) {
  const { backend, tenant } = useDesk();
  return useQuery({
    queryKey: keys.contact(tenant.id, contactId),
    queryFn: () => call(backend, "get_contact", { p_tenant_id: tenant.id, p_contact_id: contactId }, contact),
  });
}
