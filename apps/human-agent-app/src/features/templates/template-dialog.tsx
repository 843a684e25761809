import { LayoutTemplate } from "lucide-react";
import { useState } from "react";
import { Badge, ModalDialog, Skeleton, StateMessage, TextField } from "@app/ui/mod.ts";
import { LoadError } from "../../components/load-error.tsx";
import { isOnItsWay } from "../../lib/use-in-pieces.ts";
import type { Saying } from "../../lib/outbox/outbox-entry.ts";
import { nameOf, type Session } from "../../lib/records/session.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { previewOf, type Template } from "./template.ts";
import { TemplateForm } from "./template-form.tsx";
import { useTemplates } from "./use-templates.ts";

interface TemplateDialogProps {
  session: Session;
  onSend: (message: Saying) => void;
  onClose: () => void;
}

/** Where the reply window is closed: picks an approved template, fills it, shows it, and sends it. */
export function TemplateDialog({ session, onSend, onClose }: TemplateDialogProps) {
  const { words } = useAllSpeech();
  const templates = useTemplates(session.config_id);
  const [chosen, setChosen] = useState<Template | null>(null);
  return (
    <ModalDialog
      title={chosen ? chosen.name.replaceAll("_", " ") : words.templates.title}
      closeLabel={words.close}
      onClose={onClose}
      testId="template-dialog"
    >
      {chosen
        ? (
          <TemplateForm
            template={chosen}
            firstName={nameOf(session, "").split(/\s+/)[0] ?? ""}
            onBack={() => setChosen(null)}
            onSend={(message) => {
              onSend(message);
              onClose();
            }}
          />
        )
        : templates.data
        ? <TemplateList templates={templates.data} onChoose={setChosen} />
        : isOnItsWay(templates)
        ? <Skeleton className="h-40" />
        : <LoadError query={templates} />}
    </ModalDialog>
  );
}

function TemplateList(
  { templates, onChoose }: { templates: Template[]; onChoose: (template: Template) => void },
) {
  const { words } = useAllSpeech();
  const [wanted, setWanted] = useState("");
  if (templates.length === 0) {
    return (
      <StateMessage
        icon={<LayoutTemplate size={26} />}
        title={words.templates.empty.title}
        text={words.templates.empty.text}
      />
    );
  }
  const matches = templates.filter((template) =>
    [template.name, ...previewOf(template, {})].join(" ").toLocaleLowerCase().includes(
      wanted.trim().toLocaleLowerCase(),
    )
  );
  return (
    <div className="space-y-3">
      <TextField
        label={words.templates.search}
        type="search"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <ul className="-mx-2">
        {matches.map((template) => (
          <li key={template.id}>
            <button
              type="button"
              data-testid="template"
              onClick={() => onChoose(template)}
              className="block w-full rounded-xl px-2 py-2 text-start hover:bg-accent-soft"
            >
              <span className="flex items-center gap-2">
                <bdi className="min-w-0 flex-1 truncate font-semibold">
                  {template.name.replaceAll("_", " ")}
                </bdi>
                <Badge>{template.language}</Badge>
              </span>
              <span className="line-clamp-2 text-sm text-soft" dir="auto">
                {previewOf(template, {}).join(" ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {matches.length === 0 && <p className="text-sm text-soft">{words.templates.noneMatches}</p>}
    </div>
  );
}
