// Unpacks a real PostgreSQL 17 with pgvector and pg_cron from Debian's own packages into one folder.
// Nothing is installed on the system: apt only downloads, dpkg only unpacks, and each program is started
// through the folder's own loader, since Debian 13's binaries need a newer libc than Debian 12 has.

import { existsSync } from "node:fs";
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Buffer } from "node:buffer";
import process from "node:process";
import { run } from "./run.mjs";

const major = "17";
const packages = [`postgresql-${major}`, `postgresql-${major}-pgvector`, `postgresql-${major}-cron`];

/** Needed only by maintainer scripts, Debian's cluster wrappers or JIT: apt is told that they are there already. */
const leftOut =
  `adduser base-passwd debconf init-system-helpers libc-l10n libio-pty-perl libipc-run-perl libjson-perl
  libllvm19 libz3-4 locales netbase openssl openssl-provider-legacy passwd perl perl-base postgresql-common
  postgresql-common-dev postgresql-client-common procps sensible-utils ssl-cert sysvinit-utils tzdata ucf
  readline-common login.defs libc-bin`.split(/\s+/);

/** Where it is kept: readable by every user, since the server runs as another one when we are root. */
export const installFolder = process.env.POSTGRES17_FOLDER ?? "/var/tmp/sales-engine-postgres17";

/** The folder of `postgres`, `initdb`, `pg_ctl`, `psql`. */
export const binFolder = join(installFolder, `root/usr/lib/postgresql/${major}/bin`);

/** Why a real PostgreSQL 17 cannot be unpacked here, or `null` if it can. */
export function whyNotHere() {
  if (process.platform !== "linux") return "only Linux has Debian's packages";
  for (const program of ["/usr/bin/apt-get", "/usr/bin/dpkg", "/usr/bin/setpriv"]) {
    if (!existsSync(program)) return `${program} is missing`;
  }
  if (process.getuid() !== 0) return "apt needs root to download into a private folder";
  return null;
}

/**
 * Unpacks PostgreSQL unless it is there; about 10 s, 41 MB downloaded, 150 MB on disk.
 *
 * @param say Receives a line of progress.
 * @throws When the mirror cannot be reached or the machine is not of the kind (see {@link whyNotHere}).
 */
export async function installPostgres(say = () => {}) {
  if (existsSync(join(installFolder, ".ok"))) return binFolder;
  const reason = whyNotHere();
  if (reason) throw new Error(`Cannot unpack PostgreSQL ${major}: ${reason}`);
  say(`PostgreSQL ${major}: downloading from Debian's mirror`);
  await rm(installFolder, { recursive: true, force: true });
  const apt = join(installFolder, "apt");
  await download(apt);
  say(`PostgreSQL ${major}: unpacking`);
  const root = join(installFolder, "root");
  const archives = join(apt, "cache/archives");
  for (const name of await readdir(archives)) {
    if (name.endsWith(".deb")) await run("dpkg", ["-x", join(archives, name), root]);
  }
  await wrapPrograms(root);
  await rm(apt, { recursive: true, force: true });
  await writeFile(join(installFolder, ".ok"), await run(join(binFolder, "postgres"), ["--version"]));
  return binFolder;
}

async function download(apt) {
  for (const folder of ["lists/partial", "cache/archives/partial", "state"]) {
    await mkdir(join(apt, folder), { recursive: true });
  }
  const architecture = (await run("dpkg", ["--print-architecture"])).trim();
  const status = leftOut.map((name) =>
    `Package: ${name}\nStatus: install ok installed\nPriority: optional\nSection: misc\nMaintainer: x\n` +
    `Architecture: ${architecture}\nMulti-Arch: foreign\nVersion: 99:0\nDescription: left out\n`
  ).join("\n");
  await writeFile(join(apt, "state/status"), status);
  const sources = join(apt, "trixie.sources");
  await writeFile(
    sources,
    `Types: deb\nURIs: ${await findMirror()}\nSuites: trixie\nComponents: main\n` +
      `Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`,
  );
  const settings = Object.entries({
    "Dir::Etc::sourcelist": sources,
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::Etc::preferences": "/dev/null",
    "Dir::Etc::preferencesparts": "/dev/null",
    "Dir::State": join(apt, "state"),
    "Dir::State::Lists": join(apt, "lists"),
    "Dir::State::status": join(apt, "state/status"),
    "Dir::Cache": join(apt, "cache"),
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    "APT::Sandbox::User": "root",
    "APT::Install-Recommends": "false",
  }).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  await run("apt-get", ["-q", ...settings, "update"]);
  await run("apt-get", ["-q", ...settings, "install", "-y", "--download-only", ...packages]);
}

/** The mirror that this machine already uses. */
async function findMirror() {
  const folder = "/etc/apt/sources.list.d";
  const files = existsSync(folder) ? (await readdir(folder)).map((name) => join(folder, name)) : [];
  for (const file of [...files, "/etc/apt/sources.list"]) {
    const text = existsSync(file) ? await readFile(file, "utf8") : "";
    const lines = text.split("\n").filter((line) => !line.trim().startsWith("#"));
    const found = lines.join("\n").match(/https?:\/\/\S+\/debian\/?(?=\s|$)/m);
    if (found) return found[0];
  }
  throw new Error("Cannot unpack PostgreSQL: no Debian mirror in /etc/apt");
}

async function wrapPrograms(root) {
  const libraries = join(
    root,
    "usr/lib",
    (await readdir(join(root, "usr/lib"))).find((n) => n.endsWith("-linux-gnu")),
  );
  const loader = join(libraries, (await readdir(libraries)).find((name) => /^ld-linux.*\.so/.test(name)));
  for (const name of await readdir(binFolder)) {
    const program = join(binFolder, name);
    if (!(await isElf(program))) continue;
    await rename(program, `${program}.elf`);
    await writeFile(
      program,
      `#!/bin/sh\nexec ${loader} --library-path ${libraries} --argv0 ${program} ${program}.elf "$@"\n`,
    );
    await chmod(program, 0o755);
  }
}

async function isElf(file) {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  await handle.close();
  return buffer.subarray(1, 4).toString() === "ELF";
}
