import { useQueryClient } from "@tanstack/react-query";
import { Check, ListFilter } from "lucide-react";
import { IconButton, Menu, type MenuItem } from "@app/ui/mod.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useSpeech } from "../../lib/speech.ts";
import { knownChannels } from "./known-channels.ts";
import type { QueueFilters } from "./queue-view.ts";
import { useTags } from "./use-tags.ts";

const languagesOfContacts = ["es", "en", "pt"];

/** Narrows the queue down to a channel, a tag or a language; choosing the same again ends it. */
export function FilterMenu(
  { filters, onChange }: { filters: QueueFilters; onChange: (filters: QueueFilters) => void },
) {
  const { words, language } = useSpeech();
  const { tenant } = useDesk();
  const client = useQueryClient();
  const tags = useTags();
  const isFiltered = Object.values(filters).some(Boolean);

  function choice(key: keyof QueueFilters, value: string, label: string): MenuItem {
    const isChosen = filters[key] === value;
    const { [key]: _, ...rest } = filters;
    return {
      id: `filter-${key}-${value}`,
      label,
      isChosen,
      icon: isChosen ? <Check size={16} /> : <span className="block size-4" />,
      onChoose: () => onChange(isChosen ? rest : { ...filters, [key]: value }),
    };
  }
  /** Names of languages are a dictionary that the browser reads from the disk: only for who opens the menu. */
  function groups(): MenuItem[][] {
    const channels = knownChannels(client.getQueriesData({ queryKey: keys.queues(tenant.id) }));
    const names = new Intl.DisplayNames(language, { type: "language" });
    return [
      isFiltered ? [{ id: "clear", label: words.queue.clearFilters, onChoose: () => onChange({}) }] : [],
      channels.length > 1 ? channels.map(([id, name]) => choice("config_id", id, name)) : [],
      languagesOfContacts.map((code) => choice("language", code, names.of(code) ?? code)),
      tags.slice(0, 12).map((tag) => choice("tag", tag, `#${tag}`)),
    ];
  }
  return (
    <Menu
      label={words.queue.filters}
      trigger={
        <IconButton label={words.queue.filters} data-testid="filters" tone={isFiltered ? "solid" : "plain"}>
          <ListFilter size={19} aria-hidden="true" />
        </IconButton>
      }
      groups={groups}
    />
  );
}
