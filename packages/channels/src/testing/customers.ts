/** A person who writes, as Meta describes one. */
export interface Customer {
  /** Digits without `+`; absent for a person who hides it. */
  phone?: string;
  /** Business-scoped user id (BSUID), such as `MX.13491208655302741918`. */
  userId?: string;
  name?: string;
  username?: string;
}

/** A person with a phone and a user id, the usual case. */
export const ana: Customer = {
  phone: "5215512345678",
  userId: "MX.13491208655302741918",
  name: "Ana García",
};

/** A person known by phone alone, as in deliveries of before 2026. */
export const bruno: Customer = { phone: "5511987654321", name: "Bruno" };

/** A person who hides their phone behind a username. */
export const carla: Customer = { userId: "US.ENT.506847293015824", name: "Carla", username: "carla.sells" };

/** The item of `contacts` that describes a person. */
export function contactBlock({ phone, userId, name, username }: Customer): Record<string, unknown> {
  return {
    profile: { ...(name !== undefined && { name }), ...(username !== undefined && { username }) },
    ...(phone !== undefined && { wa_id: phone }),
    ...(userId !== undefined && { user_id: userId }),
  };
}

/** The keys of a message that say who wrote it. */
export function senderKeys({ phone, userId }: Customer): Record<string, unknown> {
  return {
    ...(phone !== undefined && { from: phone }),
    ...(userId !== undefined && { from_user_id: userId }),
  };
}
