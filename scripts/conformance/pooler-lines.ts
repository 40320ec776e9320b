import { spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dice } from "./dice.ts";

const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Files that the lines name. */
export const NAME_FILES: Readonly<Record<string, string>> = {
  "names.txt": "x, y\nz w\n",
  "blank.txt": "x\n\ny\n",
  "quote.txt": '"x\n',
  "comment.txt": "x\n# c\n",
  "empty.txt": "",
  "last.txt": "x\ny",
};

/** Random lines for auth_hba_file, one wrong thing in each but seldom more. */
export function randomPoolerLines(count: number, seed: number): string[] {
  const dice = new Dice(seed);
  return Array.from({ length: count }, () => {
    const type = dice.pick(["local", "host", "host", "hostssl", "hostnossl"]);
    const fields = [
      dice.chance(0.05) ? dice.pick(["HOST", '"host"', "hostgssenc", "include"]) : type,
      list(dice),
      list(dice),
      ...(type === "local" ? [] : [dice.chance(0.3) ? dice.pick(ADDRESSES) : "10.0.0.0/8"]),
      dice.chance(0.1) ? dice.pick(METHODS) : "md5",
    ];
    if (dice.chance(0.1)) fields.push(dice.pick(["map=m", "clientcert=1", "x", "# c", '"', ",", "#"]));
    if (dice.chance(0.03)) fields.splice(dice.below(fields.length), 1);
    return fields.join(dice.pick([" ", "\t", "  "]));
  });
}

const list = (dice: Dice) =>
  dice
    .times(1, 3, () =>
      dice.chance(0.2) ? dice.pick(ODD_NAMES) : dice.pick(["all", "a", '"a b"', "sameuser"]),
    )
    .join(dice.pick([",", ", ", " , ", " ,"]));

const ODD_NAMES = [
  ...[
    "samerole",
    "samegroup",
    "replication",
    '"replication"',
    "+g",
    '"+g"',
    "/^a",
    '""',
    '"a',
    'a"b',
    'a""b',
    "a,",
  ],
  ...["@", "@nope.txt", '"@names.txt"', ...Object.keys(NAME_FILES).map((name) => `@${name}`)],
];
const ADDRESSES = [
  ...[
    "::/0",
    "all",
    "10.0.0.0 255.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0.0/+8",
    "10.0.0.0/33",
    "10.0.0.0/-1",
  ],
  ...[
    "fe80::1%lo/64",
    "::1",
    "10.1/8",
    '"10.0.0.0/8"',
    "10.0.0.0/8x",
    "localhost",
    "samenet",
    "1.2.3.4",
    "::1/129",
  ],
  ...[
    "10.0.0.0 ffff::",
    "010.0.0.1/32",
    "10.0.0.0/ 8",
    "1::2::3/64",
    "10.0.0.0/08",
    "10.0.0.0/0x8",
    "10.0.0.0/-0",
  ],
  ...[
    "10.0.0.0/99999999999999999999",
    "10.0.0.1/8",
    "::ffff:1.2.3.4/128",
    "10.0.0.0/8#c",
    "10.0.0.0 255.0.255.0",
  ],
];
const METHODS = [
  "trust",
  "reject",
  "password",
  "peer",
  "cert",
  "scram-sha-256",
  "plain",
  "any",
  "hba",
  '"md5"',
  "MD5",
  "gss",
];

/** The numbers of the lines that the installed PgBouncer drops. */
export async function linesDropped(lines: readonly string[]): Promise<number[]> {
  const cwd = mkdtempSync(join(tmpdir(), "pgb-"));
  try {
    if (unprivileged.uid !== undefined) chownSync(cwd, unprivileged.uid, unprivileged.gid);
    const ini = `[databases]\n[pgbouncer]\nunix_socket_dir = ${cwd}\nauth_type = hba\nauth_hba_file = hba.conf\nauth_file = userlist.txt\n`;
    const files = {
      ...NAME_FILES,
      "hba.conf": `${lines.join("\n")}\n`,
      "userlist.txt": "",
      "pgbouncer.ini": ini,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const log = await started(cwd);
    return [...log.matchAll(/could not parse hba config line (\d+)/g)].map(([, line]) => Number(line));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** What it says until it is up. */
function started(cwd: string): Promise<string> {
  const child = spawn("/usr/sbin/pgbouncer", ["pgbouncer.ini"], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    ...unprivileged,
  });
  let log = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    log += chunk.toString();
    if (log.includes("process up")) child.kill("SIGKILL");
  });
  return new Promise((done, fail) => child.on("error", fail).on("close", () => done(log)));
}
