import type { FullInbox } from "../inbox/fill-inbox.ts";

/** What an app asks for while a person waits. */
interface Query {
  name: string;
  statement(inbox: FullInbox): string;
}

/** What is promised about are `queue`, `open` and `search`; the rest is on screen with them. */
export const queries: Query[] = [
  { name: "queue", statement: ({ tenantId }) => `select api.list_queue('${tenantId}')` },
  { name: "all", statement: ({ tenantId }) => `select api.list_queue('${tenantId}', 'all')` },
  { name: "counts", statement: ({ tenantId }) => `select api.count_queue('${tenantId}')` },
  {
    name: "open",
    statement: ({ tenantId, sessionIds: [id] }) =>
      `select (select count(*) from api.get_session('${tenantId}', '${id}')) +
        (select count(*) from api.list_messages('${tenantId}', '${id}'))`,
  },
  {
    name: "search",
    statement: ({ tenantId }) => `select api.search_sessions('${tenantId}', 'artículo4711')`,
  },
  {
    name: "search_person",
    statement: ({ tenantId }) => `select api.search_sessions('${tenantId}', 'quispe 77')`,
  },
  { name: "escalations", statement: ({ tenantId }) => `select * from api.list_escalations('${tenantId}')` },
];
