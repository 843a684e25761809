import { Button } from "@app/ui/mod.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useNow } from "../../lib/use-now.ts";
import { useAlertPhone } from "./use-alert-phone.ts";

/** Being told on WhatsApp: a code that is sent from one's own phone proves the number. Hidden where no template is chosen. */
export function PhoneSettings() {
  const { words } = useAllSpeech();
  const { data, isBusy, ask, confirm, forget } = useAlertPhone();
  const now = useNow();
  const { phone: said } = words.settings;
  if (!data?.send_to) return null;
  const isAsked = data.code !== null && data.code_expires_at !== null &&
    Date.parse(data.code_expires_at) > now;
  return (
    <div className="mt-2 border-t border-line pt-3" data-testid="phone-settings">
      <p className="text-sm font-medium">{said.title}</p>
      <p className="text-xs text-soft">{data.phone ? said.on(`+${data.phone}`) : said.hint}</p>
      {isAsked && (
        <p className="mt-2 rounded-xl bg-accent-soft px-3 py-2 text-sm">
          {said.send(`+${data.send_to}`)}
          <a
            href={`https://wa.me/${data.send_to}?text=${data.code}`}
            target="_blank"
            rel="noreferrer"
            className="block font-semibold text-accent underline"
          >
            <code data-testid="phone-code">{data.code}</code>
          </a>
        </p>
      )}
      <p className="mt-2 flex flex-wrap gap-2">
        {isAsked
          ? (
            <Button look="solid" isBusy={isBusy} onClick={() => void confirm()} data-testid="confirm-phone">
              {said.sent}
            </Button>
          )
          : (
            <Button isBusy={isBusy} onClick={() => void ask()} data-testid="ask-phone-code">
              {data.phone ? said.change : said.start}
            </Button>
          )}
        {data.phone && <Button isBusy={isBusy} onClick={() => void forget()}>{said.stop}</Button>}
      </p>
    </div>
  );
}
