import { useQuery } from "@tanstack/react-query";
import { BookOpen } from "lucide-react";
import type { ReactNode } from "react";
import * as z from "zod/mini";
import { Badge, ModalDialog, Skeleton } from "@app/ui/mod.ts";
import { LoadError } from "../../components/load-error.tsx";
import { isOnItsWay } from "../../lib/use-in-pieces.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";

const text = z.nullable(z.string());
const turns = z.array(z.object({
  decision: text,
  confidence: z.nullable(z.number()),
  from_state: text,
  to_state: text,
  machine_version: z.nullable(z.number()),
  reason: text,
  model: text,
  latency_ms: z.nullable(z.number()),
  evidence: z.object({
    citations: z.catch(z.array(z.unknown()), []),
    refusals: z.catch(z.array(z.object({ what: z.string(), why: z.string() })), []),
  }),
}));

/** How a reply of the bot came about: what it decided and why, what it read, what was refused. */
export function TurnDetails({ turnId, onClose }: { turnId: string; onClose: () => void }) {
  const { words } = useAllSpeech();
  const { backend, tenant } = useDesk();
  const turn = useQuery({
    queryKey: keys.turn(tenant.id, turnId),
    staleTime: Infinity,
    queryFn: async () =>
      (await call(backend, "get_turn", { p_tenant_id: tenant.id, p_turn_id: turnId }, turns))[0] ?? null,
  });
  const data = turn.data;
  return (
    <ModalDialog title={words.turn.title} closeLabel={words.close} onClose={onClose} testId="turn-details">
      {isOnItsWay(turn) && <Skeleton className="h-40" />}
      {!isOnItsWay(turn) && turn.data === undefined && <LoadError query={turn} />}
      {data && (
        <dl className="space-y-3 text-sm">
          <Fact name={words.turn.decision}>
            <Badge tone="bot">{words.turn.decisions[data.decision ?? ""] ?? data.decision}</Badge>
            {data.confidence !== null && (
              <span className="ms-2 text-soft">{Math.round(data.confidence * 100)} %</span>
            )}
          </Fact>
          {data.reason && (
            <Fact name={words.turn.reason}>
              <span dir="auto">{data.reason}</span>
            </Fact>
          )}
          <Fact name={words.turn.state}>
            {data.from_state === data.to_state
              ? data.to_state
              : `${data.from_state ?? "—"} → ${data.to_state ?? "—"}`}
          </Fact>
          <Fact name={words.turn.sources}>
            {data.evidence.citations.length === 0 ? words.turn.noSources : (
              <ul className="space-y-1">
                {data.evidence.citations.map((citation, index) => (
                  <li key={index} className="flex gap-2">
                    <BookOpen size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-accent" />
                    <span dir="auto">
                      {typeof citation === "string" ? citation : JSON.stringify(citation)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Fact>
          {data.evidence.refusals.length > 0 && (
            <Fact name={words.turn.refusals}>
              {data.evidence.refusals.map((refusal, index) => (
                <p key={index}>{refusal.what}: {refusal.why}</p>
              ))}
            </Fact>
          )}
          <Fact name={words.turn.model}>
            {[
              data.model,
              data.machine_version && `v${data.machine_version}`,
              data.latency_ms && `${data.latency_ms} ms`,
            ]
              .filter(Boolean).join(" · ")}
          </Fact>
        </dl>
      )}
    </ModalDialog>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs font-semibold text-soft">{name}</dt>
      <dd className="mt-0.5 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
