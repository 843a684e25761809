import type { Sql } from "postgres";
import { sqlUserAdmin } from "../../tenant/user-admin.ts";

/** Other tenants of the deployment, five people in each: what is asked about membership is asked among theirs. */
export async function addNeighbours(sql: Sql, tenants: number): Promise<void> {
  for (let number = 1; number <= tenants; number++) {
    const [made] = await sql<{ id: string }[]>`
      select private.provision_tenant(${`neighbour_${number}`}, 'Neighbour') as id`;
    for (let person = 1; person <= 5; person++) {
      const email = `agent${person}@neighbour-${number}.test`;
      const user = await sqlUserAdmin(sql).ensureUser(email, "not-used-here");
      await sql`
        insert into public.tenant_members (tenant_id, user_id, role, display_name)
        values (${made?.id ?? ""}, ${user.id}, 'agent', 'Agent')`;
    }
  }
}
