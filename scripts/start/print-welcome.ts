import type { Status } from "@app/local-supabase/mod.ts";

/** Tells what is up, where to look first, and how to stop. */
export function printWelcome(status: Status): void {
  const { phone, agent } = status.apps;
  const lines = [
    "",
    ...(phone
      ? [
        `  Open the phone:  ${phone}`,
        "  and write:       hola, necesito 400 cajas para pizza de 10 pulgadas",
        "",
      ]
      : []),
    ...(agent ? [`  Agent app        ${agent}`] : []),
    `  API              ${status.api_url}`,
    `  Database         ${status.db_url}`,
    `  Logins           ${status.users.map((user) => user.email).join("  ")}`,
    `  Password         ${[...new Set(status.users.map((user) => user.password))].join(", ")}`,
    "",
    "  The demo tenants chose the offline model: it plays their state machines without a provider.",
    "  npm run status shows all of this again. Ctrl-C stops.",
    "",
  ];
  console.log(lines.join("\n"));
}
