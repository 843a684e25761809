/** Below what Linux gives to outgoing connections (`ip_local_port_range`), one of which would take a port before its server. */
const [lowest, tooHigh] = [20_000, 32_000];

/** A port of the loopback address that nobody listens on right now. */
export function freePort(): number {
  for (let tries = 1;; tries++) {
    const port = lowest + Math.floor(Math.random() * (tooHigh - lowest));
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse) || tries === 100) throw error;
    }
  }
}
