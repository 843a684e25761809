import { type ReactNode, useEffect, useState } from "react";
import { tellPartIsMissing } from "@app/ui/mod.ts";
import { later } from "../../components/later.tsx";
import type { Session } from "../../lib/records/session.ts";
import type { Verbs } from "./use-verbs.ts";
import type { VerbDialog } from "./verb-dialog.ts";
import { VerbMenuButton } from "./verb-menu-button.tsx";

interface AskedMenuProps {
  session: Session;
  verbs: Verbs;
  onDialog: (dialog: VerbDialog) => void;
}

const VerbMenu = later<AskedMenuProps & { onMissing: () => void }>({
  load: () => import("./verb-menu.tsx").then((module) => module.VerbMenu),
  Waiting,
});

/** The button of the menu; the menu itself comes when somebody asks for it. */
export function AskedMenu(props: AskedMenuProps) {
  const [isAsked, setIsAsked] = useState(false);
  if (!isAsked) return <VerbMenuButton aria-expanded={false} onClick={() => setIsAsked(true)} />;
  return <VerbMenu {...props} onMissing={() => setIsAsked(false)} />;
}

function Waiting({ props, problem }: { props: { onMissing: () => void }; problem?: ReactNode }) {
  const isMissing = problem !== undefined;
  useEffect(() => {
    if (!isMissing) return;
    tellPartIsMissing();
    props.onMissing();
  }, [isMissing]);
  return <VerbMenuButton aria-busy />;
}
