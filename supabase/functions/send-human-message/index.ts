/** Wires what agents say: POST from the agent app, with a person's own token. */
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import { serve } from "../_shared/serve.ts";
import { wakeAt } from "../_shared/wake.ts";
import { handle, type Ports } from "./handler.ts";

const settings = config();
const ports: Ports = {
  settings,
  database: openDatabase({ url: settings.secrets.databaseUrl, ...settings.database }),
  wakeAt,
};

export default serve("send-human-message", (request, context) => handle(request, context, ports), {
  cors: true,
});
