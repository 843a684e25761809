import { randomBytes } from "node:crypto";
import type { TransactionSql } from "postgres";
import type { SecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";
import type { Connection } from "./connection.ts";
import type { MetaApp, NewTenant } from "./new-tenant.ts";
import { findTenant, publishMachine, saveMember, saveMetaApp, saveNumber, type Tenant } from "./registry.ts";
import { sqlUserAdmin } from "./user-admin.ts";

/** What else goes in with the tenant, and how to tell about it. */
export interface Provisioning {
  keys: SecretKeys;
  /** Stored or replaced before the numbers that it signs for. */
  app?: MetaApp;
  /** A machine's definition; without one the tenant's messages wait for a person. */
  machine?: unknown;
  /** Receives one line per step. Default: silence. */
  say?: (line: string) => void;
}

/** A tenant, and the passwords of the logins that were made for it; they are stored nowhere else. */
export interface ProvisionedTenant {
  tenant: Tenant;
  newLogins: { email: string; password: string }[];
}

/**
 * Makes a tenant with its numbers, people and machine in one transaction: all of it, or nothing. A tenant of that slug that
 * is there already is brought to the same state instead, and keeps what people changed in the meantime.
 *
 * @throws {Error} What the database refuses: a reserved slug, an unknown time zone, a number of another tenant.
 */
export function provision(
  sql: Connection,
  wanted: NewTenant,
  more: Provisioning,
): Promise<ProvisionedTenant> {
  const say = more.say ?? (() => {});
  return inTransaction(sql, async (transaction) => {
    let tenant = await findTenant(transaction, wanted.slug);
    if (!tenant) {
      await transaction`
        select private.provision_tenant(p_slug => ${wanted.slug}, p_name => ${wanted.name},
          p_locale => ${wanted.locale}, p_time_zone => ${wanted.timeZone},
          p_settings => ${transaction.json(wanted.settings)})`;
      tenant = await findTenant(transaction, wanted.slug);
      if (!tenant) throw new Error(`Cannot find tenant "${wanted.slug}" after it was made`);
      say(`schema ${tenant.schemaName} and role ${tenant.schemaName}_worker made`);
    }
    if (more.app) {
      await saveMetaApp(transaction, more.app, more.keys);
      say(`Meta app ${more.app.appId} sealed`);
    }
    for (const number of wanted.numbers) {
      await saveNumber(transaction, tenant, number, more.keys);
      say(`number ${number.displayPhoneNumber} routed`);
    }
    const newLogins: ProvisionedTenant["newLogins"] = [];
    for (const member of wanted.people) {
      const password = member.password ?? randomBytes(12).toString("base64url");
      const { isNewUser } = await saveMember(transaction, sqlUserAdmin(transaction), tenant, {
        ...member,
        password,
      });
      if (isNewUser) newLogins.push({ email: member.email, password });
      say(`${member.role} ${member.email} added`);
    }
    if (more.machine !== undefined) {
      const version = await publishMachine(transaction, tenant, more.machine, "Provisioned");
      if (version) say(`machine version ${version} published`);
    }
    return { tenant, newLogins };
  });
}

/** A transaction of its own, or a part of the one that is already there. */
function inTransaction<T>(sql: Connection, work: (transaction: TransactionSql) => Promise<T>): Promise<T> {
  return ("begin" in sql ? sql.begin(work) : sql.savepoint(work)) as Promise<T>;
}
