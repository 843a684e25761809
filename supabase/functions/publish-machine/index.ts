/** Wires the publishing of machines: POST with a user's JWT. */
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import type { MemberPorts } from "../_shared/member-call.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { serve } from "../_shared/serve.ts";
import { handle } from "./handler.ts";

const settings = config();
const database = openDatabase({ url: settings.secrets.databaseUrl, ...settings.database });
const ports: MemberPorts = { database, settings };

export default serve("publish-machine", (request, context) => handle(request, context, ports), {
  cors: true,
  limits: openRateLimits(database),
});
