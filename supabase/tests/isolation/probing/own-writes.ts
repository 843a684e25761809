type Values = Record<string, unknown>;

/** What people may write of a table in one way only: the row that the policies accept from whom they accept it. */
const ways: Record<string, { insert?: (user: string) => Values; update?: (user: string) => Values }> = {
  "tenant.messages": {
    insert: (user) => ({ sender_type: "agent", sender_id: user, direction: "internal", status: "sent" }),
    update: () => ({ status: "cancelled" }),
  },
  "tenant.promises": { insert: (user) => ({ created_by: user }) },
  "tenant.quick_replies": { insert: (user) => ({ created_by: user }) },
  "tenant.alert_phones": { insert: (user) => ({ user_id: user }) },
  "tenant.events": { insert: (user) => ({ actor_type: "agent", actor_id: user }) },
};

/** What is changed in a copied row so that a person may write it, if anybody may. */
export function ownWrite(
  label: string,
  privilege: "insert" | "update",
  user: string | undefined,
): Values {
  return user ? ways[label]?.[privilege]?.(user) ?? {} : {};
}
