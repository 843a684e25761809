import type { FilledTenant } from "./fill-tenant.ts";

/** What an app asks for while a person waits. */
interface Query {
  name: string;
  /** The function of `api` that answers. */
  function: string;
  statement(tenant: FilledTenant): string;
}

/** The queue, opening a conversation, and what else is on screen with it. */
export const queries: Query[] = [
  {
    name: "queue",
    function: "api.list_sessions",
    statement: ({ id }) => `select * from api.list_sessions('${id}', p_holders => '{queue}')`,
  },
  {
    name: "inbox",
    function: "api.list_sessions",
    statement: ({ id }) => `select * from api.list_sessions('${id}')`,
  },
  {
    name: "open",
    function: "api.list_messages",
    statement: ({ id, sessionId }) => `select * from api.list_messages('${id}', '${sessionId}')`,
  },
  {
    name: "session",
    function: "api.get_session",
    statement: ({ id, sessionId }) => `select * from api.get_session('${id}', '${sessionId}')`,
  },
  {
    name: "escalations",
    function: "api.list_escalations",
    statement: ({ id }) => `select * from api.list_escalations('${id}')`,
  },
];
