import { useRouteContext, useSearch } from "@tanstack/react-router";
import { signOut } from "../features/sign-in/use-login.ts";
import { Invitation } from "../features/invitation/invitation.tsx";

/** Where the link of an invitation leads. */
export function InvitationPage() {
  const { backend, userId } = useRouteContext({ from: "__root__" });
  const { token = "" } = useSearch({ from: "/invitation" });
  return (
    <Invitation
      backend={backend}
      userId={userId}
      token={token}
      onSignOut={() => void signOut(backend)}
    />
  );
}
