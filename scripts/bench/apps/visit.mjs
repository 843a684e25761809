const patience = { timeout: 60_000 };

/** Has customers ask for a person, so that the queue holds something. */
export async function seedConversations({ status }) {
  const post = async (path, body) => {
    const response = await fetch(`${status.apps.phone}/_simulator${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Cannot write as a customer: ${await response.text()}`);
  };
  for (const [index, name] of ["Ana Paz", "Beto Sosa", "Carla Ruiz", "Dora Luz"].entries()) {
    const phone = `5917113000${index}`;
    await post("/customers", { phone, name });
    await post(`/customers/${phone}/messages`, {
      phone_number_id: status.whatsapp.phone_number_id,
      type: "text",
      text: "hola, quiero hablar con una persona",
    });
  }
}

/** Signs an agent in. @returns The addresses of the queue, once it shows conversations, and of the first of them. */
export async function signIn(context, { status }) {
  const page = await context.newPage();
  await page.goto(status.apps.agent);
  await page.fill("[name=email]", "agent@carton.demo", patience);
  await page.fill("[name=password]", status.users[0].password);
  await page.keyboard.press("Enter");
  await page.getByTestId("queue-row").nth(3).waitFor(patience);
  const queue = page.url();
  const id = await page.getByTestId("queue-row").first().getAttribute("data-id");
  await page.close();
  return { queue, conversation: `${queue.split("?")[0].replace(/\/$/, "")}/c/${id}` };
}

/** Whether the app shows its queue after the network went. */
export async function opensOffline(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.getByTestId("queue-row").first().waitFor(patience);
  // The cache of what was read is written a second after the last change.
  await page.waitForTimeout(3_000);
  await context.setOffline(true);
  try {
    await page.reload();
    return await page.getByTestId("queue-row").first().waitFor(patience).then(() => true, () => false);
  } finally {
    await context.setOffline(false);
    await page.close();
  }
}
