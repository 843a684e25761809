/** Connections on which a request begins and never ends. */
export interface HalfOpen {
  /** How many are still open on our side. */
  openCount(): number;
  close(): void;
}

const beginning = "POST /functions/v1/webhook-whatsapp HTTP/1.1\r\nhost: localhost\r\n" +
  'content-type: application/json\r\ncontent-length: 5000\r\n\r\n{"object":';

/** Opens so many connections to a port of this machine: half of them stop in the head, half in the body. */
export async function openHalf(port: number, count: number): Promise<HalfOpen> {
  const bytes = new TextEncoder().encode(beginning);
  const open = new Set<Deno.TcpConn>();
  for (let index = 0; index < count; index++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(index % 2 === 0 ? bytes : bytes.subarray(0, 40));
    open.add(connection);
    // Whoever is hung up on reads the end.
    connection.read(new Uint8Array(64)).then(
      (read) => read === null && open.delete(connection),
      () => open.delete(connection),
    );
  }
  return {
    openCount: () => open.size,
    close: () => {
      for (const connection of [...open]) connection.close();
    },
  };
}
