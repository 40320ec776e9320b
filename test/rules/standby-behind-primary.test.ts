import { expect, test } from "vitest";
import { buildCluster } from "../../src/cluster/build.ts";
import { resolveTarget } from "../../src/cluster/target.ts";
import type { Draft } from "../../src/engine/rule.ts";
import rule from "../../src/rules/replication/standby-behind-primary.ts";
import { fileSet } from "../../src/text/files.ts";

interface Pair {
  readonly primary?: string;
  readonly standby?: string;
  readonly postgres?: string;
}

function check({ primary = "", standby = "", postgres = "16" }: Pair): Draft[] {
  const target = resolveTarget({ postgres }, {});
  const server = (path: string, text: string) => fileSet([{ path, text }]);
  return [
    ...rule.check(
      buildCluster(server("standby/postgresql.conf", standby), target, {
        primary: buildCluster(server("primary/postgresql.conf", primary), target),
      }),
    ),
  ];
}

test("a standby with fewer connections than its primary does not start", () => {
  const [draft, ...others] = check({ primary: "max_connections = 400", standby: "max_connections = 200" });
  expect(others).toEqual([]);
  expect(draft?.suggested).toBe("400");
  expect(draft?.related?.[0]?.place.source.path).toBe("primary/postgresql.conf");
  expect(draft?.server).toEqual({
    effect: "refuses",
    when: "start",
    message: "recovery aborted because of insufficient parameter settings",
    detail: "max_connections = 200 is a lower setting than on the primary server, where its value was 400.",
    hint: "You can restart the server after making the necessary configuration changes.",
  });
});

test("the words of 13, and a default that is too low", () => {
  const [draft] = check({ primary: "max_prepared_transactions = 10", postgres: "13" });
  expect(draft?.place.span).toEqual({ start: 0, end: 0 });
  expect(draft?.server?.message).toBe(
    "hot standby is not possible because max_prepared_transactions = 0 is a lower setting than on the master server (its value was 10)",
  );
});

test.each<[string, Pair]>([
  ["the same values", { primary: "max_connections = 400", standby: "max_connections = 400" }],
  ["more than the primary", { standby: "max_connections = 400" }],
  ["a standby without queries", { primary: "max_connections = 400", standby: "hot_standby = off" }],
  ["WAL senders before 12", { primary: "max_wal_senders = 20", postgres: "11" }],
])("nothing to say of %s", (_what, pair) => {
  expect(check(pair)).toEqual([]);
});

test("all five settings are compared", () => {
  const primary = [
    "max_connections = 200",
    "max_worker_processes = 16",
    "max_wal_senders = 20",
    "max_prepared_transactions = 10",
    "max_locks_per_transaction = 128",
  ].join("\n");
  expect(check({ primary }).map(({ setting }) => setting)).toEqual([
    "max_connections",
    "max_worker_processes",
    "max_wal_senders",
    "max_prepared_transactions",
    "max_locks_per_transaction",
  ]);
});
