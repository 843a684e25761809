import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what Linux gives to outgoing connections (`ip_local_port_range`), one of which would take a port before its server. */
const [lowest, tooHigh] = [20_000, 32_000];

/** A port of the loopback address that nobody listens on right now. */
export async function freePort() {
  for (let tries = 1;; tries++) {
    const port = randomInt(lowest, tooHigh);
    if (await isFree(port)) return port;
    if (tries === 100) throw new Error(`Cannot find a free port between ${lowest} and ${tooHigh}`);
  }
}

function isFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", (error) => error.code === "EADDRINUSE" ? resolve(false) : reject(error));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
