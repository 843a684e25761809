import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import type { AlertSettings } from "./read-alert-settings.ts";

const templates = z.array(z.object({ name: z.string(), language: z.string() }));
const channels = z.array(z.object({
  config_id: z.string(),
  display_name: z.string(),
  channel_type: z.string(),
  is_connected: z.boolean(),
}));

/** The template that tells people on WhatsApp, of all that are approved; the backend says which of them can. */
export function AlertTemplateChoice(
  { chosen, onChoose }: {
    chosen: AlertSettings["template"];
    onChoose: (template: AlertSettings["template"]) => void;
  },
) {
  const { words } = useAllSpeech();
  const { backend, tenant } = useDesk();
  const { team } = words.settings;
  const { data = [] } = useQuery({
    queryKey: keys.templates(tenant.id, "alerts"),
    queryFn: async () => {
      const all = await call(backend, "list_channels", { p_tenant_id: tenant.id }, channels);
      const lists = await Promise.all(
        all.filter(({ channel_type, is_connected }) => channel_type === "whatsapp" && is_connected)
          .map(async ({ config_id, display_name }) => {
            const args = { p_tenant_id: tenant.id, p_status: "approved", p_config_id: config_id };
            const found = await call(backend, "list_message_templates", args, templates);
            return found.map((template) => ({ ...template, config_id, display_name }));
          }),
      );
      return lists.flat();
    },
  });
  if (data.length === 0 && !chosen) return null;
  const keyOf = (template: NonNullable<AlertSettings["template"]>) =>
    `${template.config_id} ${template.name} ${template.language}`;
  return (
    <label className="mt-3 block">
      <span className="mb-1 block text-sm font-medium">{team.template}</span>
      <select
        className="min-h-11 w-full rounded-xl border border-line bg-surface px-3 text-sm"
        value={chosen ? keyOf(chosen) : ""}
        onChange={(event) => {
          const found = data.find((template) => keyOf(template) === event.target.value);
          onChoose(
            found ? { config_id: found.config_id, name: found.name, language: found.language } : null,
          );
        }}
        data-testid="alert-template"
      >
        <option value="">{team.noTemplate}</option>
        {data.map((template) => (
          <option key={keyOf(template)} value={keyOf(template)}>
            {`${template.name} · ${template.language} · ${template.display_name}`}
          </option>
        ))}
      </select>
      <span className="mt-1 block text-xs text-soft">{team.templateHint}</span>
    </label>
  );
}
