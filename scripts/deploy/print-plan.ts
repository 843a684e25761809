import type { DeploySettings } from "./read-settings.ts";
import { exposedSchema, type Plan } from "./plan.ts";

/** Writes a plan for a person. Names only: no value of a secret. */
export function printPlan(plan: Plan, settings: DeploySettings): string {
  const { project, migrations, secrets, functions } = plan;
  const changed = secrets.filter(({ change }) => change !== "same");
  const lines = [
    `Project    ${project.name} (${settings.projectRef}), ${project.region}, ${project.status}`,
    "",
    `Migrations ${migrations.applied.length} applied, ${migrations.pending.length} to apply`,
    ...migrations.pending.map((file) => `           + ${file}`),
    `Data API   ${
      plan.exposedNow
        ? `exposes ${plan.exposedNow.join(", ") || "nothing"}, will expose ${exposedSchema} only`
        : `exposes ${exposedSchema} only, as wanted`
    }`,
    `Secrets    ${secrets.length - changed.length} as they are, ${changed.length} to set`,
    ...changed.map(({ name, change }) => `           ${change === "new" ? "+" : "~"} ${name}`),
    `Functions  ${functions.length} to deploy`,
    ...functions.map(({ name, isNew }) => `           ${isNew ? "+" : "~"} ${name}`),
    ...plan.strangers.map((name) => `           = ${name} is not of this project and stays`),
    `Schedule   ${describeSchedule(plan, settings)}`,
  ];
  if (settings.siteUrl !== undefined) {
    lines.push(
      plan.siteUrlNow === null
        ? `Mails      lead to ${settings.siteUrl}, as wanted`
        : `Mails      lead to ${plan.siteUrlNow || "nowhere"}, will lead to ${settings.siteUrl}`,
    );
  }
  return lines.join("\n");
}

function describeSchedule(plan: Plan, settings: DeploySettings): string {
  const key = plan.needsAutomationsKey ? 'secret key "automations" will be made' : 'secret key "automations"';
  if (plan.vault === null) return `${key}; no vault in this database, so nothing is scheduled`;
  const isReady = plan.vault.projectUrl === settings.projectUrl && plan.vault.hasKey;
  return `${key}; the vault ${isReady ? "knows" : "will be told"} address and key`;
}
