/** A network that can be taken away: connections to it reach a server until they are cut. */
export interface Relay {
  url: string;
  /** Breaks every connection and refuses new ones, as a tunnel does to a phone. */
  cut(): void;
  restore(): void;
}

/** Starts one in front of a server of this machine. */
export function startRelay(target: URL): Relay {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let isCut = false;
  (async () => {
    for await (const client of listener) {
      if (isCut) client.close();
      else pass(client).catch(() => {});
    }
  })();

  async function pass(client: Deno.Conn): Promise<void> {
    const server = await Deno.connect({ hostname: target.hostname, port: Number(target.port) });
    for (const end of [client, server]) open.add(end);
    const close = () => {
      for (const end of [client, server]) {
        if (open.delete(end)) end.close();
      }
    };
    const ignore = () => {};
    await Promise.race([
      client.readable.pipeTo(server.writable, { preventCancel: true }).catch(ignore),
      server.readable.pipeTo(client.writable, { preventCancel: true }).catch(ignore),
    ]);
    try {
      close();
    } catch {
      // Closed by the pipe already.
    }
  }
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    cut() {
      isCut = true;
      for (const end of open) {
        open.delete(end);
        try {
          end.close();
        } catch {
          // Closed by its other side already.
        }
      }
    },
    restore: () => isCut = false,
  };
}
