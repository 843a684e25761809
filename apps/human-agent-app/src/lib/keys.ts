/** Names of what the query cache holds; the tenant comes first, so that switching shows nothing of another. */
export const keys = {
  tenants: (userId: string) => ["tenants", userId] as const,
  members: (tenantId: string) => [tenantId, "members"] as const,
  queues: (tenantId: string) => [tenantId, "queue"] as const,
  counts: (tenantId: string) => [tenantId, "counts"] as const,
  tags: (tenantId: string) => [tenantId, "tags"] as const,
  search: (tenantId: string, text: string) => [tenantId, "search", text] as const,
  session: (tenantId: string, sessionId: string) => [tenantId, "session", sessionId] as const,
  messages: (tenantId: string, sessionId: string) => [tenantId, "messages", sessionId] as const,
  turn: (tenantId: string, turnId: string) => [tenantId, "turn", turnId] as const,
  contact: (tenantId: string, contactId: string) => [tenantId, "contact", contactId] as const,
  file: (path: string) => ["file", path] as const,
  quickReplies: (tenantId: string) => [tenantId, "quick-replies"] as const,
  templates: (tenantId: string, configId: string) => [tenantId, "templates", configId] as const,
  pushDevices: (tenantId: string) => [tenantId, "push-devices"] as const,
  notices: (tenantId: string) => [tenantId, "notices"] as const,
};
