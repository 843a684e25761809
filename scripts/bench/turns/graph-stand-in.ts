/** Answers every Graph call at once, in a process of its own: the provider that costs the least. */
import process from "node:process";

let posts = 0;
Deno.serve({ port: Number(process.env.PORT), hostname: "127.0.0.1", onListen() {} }, async (request) => {
  if (request.method === "GET") return Response.json({ posts });
  const body = await request.json();
  if (body.status === "read") return Response.json({ success: true });
  posts += 1;
  return Response.json({
    messaging_product: "whatsapp",
    contacts: [{ input: body.to, wa_id: String(body.to).replace("+", "") }],
    messages: [{ id: `wamid.standin${posts}` }],
  });
});
