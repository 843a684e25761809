import assert from "node:assert/strict";
import { readCommand, WrongCommand } from "./read-command.ts";

const machine = "packages/sales-engine/machines/gym.json";

Deno.test("readCommand() reads a tenant with its number, people, machine and secrets from the environment", () => {
  const command = readCommand(
    `create --slug bakery --name Bakery --locale es-BO --time-zone America/La_Paz --model offline --number 123
      --app 456 --owner Eva@Bakery.test --agent a@bakery.test --agent b@bakery.test --machine ${machine}`
      .split(/\s+/),
    { WHATSAPP_ACCESS_TOKEN: "token", WHATSAPP_APP_SECRET: "secret", WHATSAPP_VERIFY_TOKEN: "verify" },
  );
  assert.ok(command.verb === "create");
  assert.deepEqual(command.tenant.people.map(({ email, role }) => [email, role]), [
    ["eva@bakery.test", "owner"],
    ["a@bakery.test", "agent"],
    ["b@bakery.test", "agent"],
  ]);
  assert.deepEqual(command.tenant.settings, { model: { provider: "offline" } });
  assert.equal(command.tenant.numbers[0]?.accessToken, "token");
  assert.deepEqual([command.app?.appId, command.app?.secret, command.app?.verifyToken], [
    "456",
    "secret",
    "verify",
  ]);
  assert.ok(command.machine);
});

Deno.test("readCommand() names every problem of a tenant at once", () => {
  assert.throws(
    () => readCommand(["create", "--number", "+591", "--locale", "español", "--owner", "nobody"], {}),
    (error) => {
      assert.ok(error instanceof WrongCommand);
      for (
        const problem of [
          "slug is missing",
          "name",
          "locale",
          "phone number id",
          "Meta app id",
          "people.0.email",
        ]
      ) {
        assert.ok(error.message.includes(problem), problem);
      }
      return true;
    },
  );
});

Deno.test("readCommand() tells a drop that was confirmed from one that has to be asked for", () => {
  const drop = { verb: "drop", slug: "bakery", isDryRun: false };
  assert.deepEqual(readCommand(["drop", "--slug", "bakery"], {}), { ...drop, isConfirmed: false });
  assert.deepEqual(readCommand(["drop", "--slug", "bakery", "--yes"], {}), { ...drop, isConfirmed: true });
  assert.throws(() => readCommand(["drop", "--yes"], {}), /--slug is missing/);
});

Deno.test("readCommand() refuses commands, options and files that are not there", () => {
  assert.throws(() => readCommand([], {}), /no command ""/);
  assert.throws(() => readCommand(["destroy"], {}), /no command "destroy"/);
  assert.throws(() => readCommand(["suspend"], {}), /--slug is missing/);
  assert.throws(() => readCommand(["list", "--wild"], {}), WrongCommand);
  assert.throws(
    () => readCommand(["create", "--slug", "a", "--name", "A", "--machine", "nowhere.json"], {}),
    /Cannot read machine "nowhere.json"/,
  );
});
