import { expect, test } from "vitest";
import { lint } from "../../src/index.ts";

/** What is said about pools of one user (two, where `users` says so) before a server of 100 connections. */
function said(databases: string, settings = "", users = ["app"], conf = ""): string | undefined {
  const secret = "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy";
  const { findings } = lint({
    files: [
      { path: "postgresql.conf", text: `max_connections = 100\n${conf}` },
      {
        path: "pgbouncer.ini",
        text: `[databases]\n${databases}\n[pgbouncer]\nauth_type = scram-sha-256\nauth_file = userlist.txt\n${settings}`,
      },
      { path: "userlist.txt", text: users.map((user) => `"${user}" "${secret}"\n`).join("") },
    ],
  });
  return findings.find(({ rule }) => rule === "cross/pools-over-max-connections")?.message;
}

const over = (sum: string, left = 97, reserved = "3") =>
  `The pools may open ${sum} connections, and max_connections = 100 leaves ${left}, as ${reserved} are reserved.`;

const cases: [what: string, args: Parameters<typeof said>, message: string | undefined][] = [
  ["a pool a user", ["a = host=::1 pool_size=49", "", ["x", "y"]], over("a 2 users x 49 = 98")],
  ["a forced user has one", ["a = host=::1 pool_size=98 user=x", "", ["x", "y"]], over("98")],
  [
    "those of one size together",
    ["a = host=::1\nb = host=::1\nc = host=::1 pool_size=1", "default_pool_size = 60"],
    over("2 databases x 60 + c 1 = 121"),
  ],
  [
    "with the reserve",
    ["a = host=::1", "default_pool_size = 90\nreserve_pool_size = 8"],
    over("a (90 + 8) = 98"),
  ],
  [
    "which without a timeout is none",
    ["a = host=::1", "default_pool_size = 97\nreserve_pool_size = 8\nreserve_pool_timeout = 0"],
    undefined,
  ],
  [
    "up to a limit a database",
    ["a = host=::1\nb = host=::1", "default_pool_size = 60\nmax_db_connections = 49"],
    over("2 databases x 49 = 98"),
  ],
  [
    "up to a limit a user",
    ["a = host=::1\nb = host=::1", "default_pool_size = 60\nmax_user_connections = 98"],
    over("98"),
  ],
  [
    "a limit of one user's own",
    ["a = host=::1\nb = host=::1\n[users]\napp = max_user_connections=97", "default_pool_size = 60"],
    undefined,
  ],
  [
    "peers",
    ["a = host=::1\n[peers]\n1 = host=a\n2 = host=b", "default_pool_size = 49\npeer_id = 1"],
    over("2 PgBouncers x (a 49) = 98"),
  ],
  [
    "what is kept for others",
    ["a = host=::1", "default_pool_size = 93", ["x"], "reserved_connections = 5"],
    over("93", 92, "3 + 5"),
  ],
  ["enough", ["a = host=::1", "default_pool_size = 97"], undefined],
  [
    "console users have no pool",
    ["a = host=::1", "default_pool_size = 97\nadmin_users = x", ["x", "y"]],
    undefined,
  ],
];

test.each(cases)("%s", (_what, args, message) => {
  expect(said(...args)).toBe(message);
});
