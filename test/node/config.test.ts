import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadConfig, parseConfig } from "../../src/node/config.ts";
import validate from "../../src/node/config-validator.js";
import { UserError } from "../../src/node/problem.ts";
import { root } from "../support/fixtures.ts";
import { tree } from "../support/tree.ts";

const complaintOf = (text: string): string => {
  try {
    parseConfig("pgconflint.ini", text, ["access/trust-local"]);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return "";
};

test("a pgconflint.ini tells the servers that the files are for", () => {
  const text = "\ufeff; ours\r\n[target]\r\npostgres = 16.4\r\n  pgbouncer=1.25\r\n";
  expect(parseConfig("x.ini", text)).toEqual({
    path: "x.ini",
    target: { postgres: "16.4", pgbouncer: "1.25" },
    host: {},
    workload: {},
    lint: {},
  });
  expect(parseConfig("x.ini", "")).toEqual({ path: "x.ini", target: {}, host: {}, workload: {}, lint: {} });
});

test("it tells of the host, the workload, and which rules count how much where", () => {
  const text = `[target]
platform = patroni
[host]
memory = 32GB
cpus = 500m
disk = nvme
wal_disk = 100GB
huge_pages = 0
container = no
[workload]
kind = oltp
connections = 300
database_size = 200GB
wal_rate = 5MB
superusers = postgres, admin
[check]
profile = strict
fail_on = warning
max_warnings = 10
min_confidence = medium
baseline = known.json
exclude = vendor/**, **/*.sample.conf
[rules]
access/trust-local = off
backup/* = info
[paths]
standby/** = backup/no-archive:off, access/*:warning
`;
  expect(parseConfig("x.ini", text, ["access/trust-local", "backup/no-archive"])).toEqual({
    path: "x.ini",
    target: { platform: "patroni" },
    host: {
      memory: { value: 32 * 1024 ** 3, from: "x.ini" },
      cpus: { value: 0.5, from: "x.ini" },
      disk: { value: "nvme", from: "x.ini" },
      walDisk: { value: 100 * 1024 ** 3, from: "x.ini" },
      hugePages: { value: 0, from: "x.ini" },
      container: { value: false, from: "x.ini" },
    },
    workload: {
      kind: "oltp",
      connections: 300,
      databaseSize: 200 * 1024 ** 3,
      walRate: 5 * 1024 ** 2,
      superusers: ["postgres", "admin"],
    },
    lint: {
      profile: "strict",
      minConfidence: "medium",
      rules: { "access/trust-local": "off", "backup/*": "info" },
      paths: [{ glob: "standby/**", rules: { "backup/no-archive": "off", "access/*": "warning" } }],
    },
    failOn: "warning",
    maxWarnings: 10,
    baseline: "known.json",
    exclude: ["vendor/**", "**/*.sample.conf"],
  });
});

test.each([
  ["[target]\npostgress = 16\n", '2:1: unknown key "postgress" in [target]; did you mean postgres?'],
  ["[target]\n\n  port = 16\n", '3:3: unknown key "port" in [target]; known: postgres, pgbouncer, platform'],
  [
    "[check]\nprofile = defualt\n",
    "2:1: profile = defualt is not one of default, strict, cis, stig; did you mean default?",
  ],
  ["[check]\nexclude = ,\n", "2:1: exclude = , is not a list of globs, such as vendor/**, **/*.sample.conf"],
  ["[host]\nmemory = lots\n", "2:1: memory = lots is not a size, such as 32GB"],
  ["[host]\nmemory = 32\n", "2:1: memory = 32 is not a size, such as 32GB"],
  ["[host]\ncpus = 0\n", "2:1: cpus = 0 is not a number of processors, such as 8, 0.5 or 500m"],
  ["[host]\nshare = 150%\n", "2:1: share = 150% is not a part, such as 50% or 0.5"],
  ["[host]\ncontainer = maybe\n", "2:1: container = maybe is not one of yes, no"],
  ["[host]\nwaldisk = 100GB\n", '2:1: unknown key "waldisk" in [host]; did you mean wal_disk?'],
  ["[workload]\nwal_rate = fast\n", "2:1: wal_rate = fast is not a size, such as 5MB"],
  ["[workload]\nconnections = many\n", "2:1: connections = many is not a number of sessions"],
  [
    "[rules]\naccess/trust-locl = off\n",
    "2:1: there is no rule access/trust-locl; did you mean access/trust-local?",
  ],
  [
    "[rules]\naccess/trust-local = of\n",
    "2:1: access/trust-local = of is not one of off, on, error, warning, info",
  ],
  ["[rules]\ncolour/* = off\n", "2:1: there is no rule colour/*; see pgconflint rules"],
  [
    "[paths]\nx/** = access/trust-locl:off\n",
    "2:1: there is no rule access/trust-locl; did you mean access/trust-local?",
  ],
  ["[paths]\nx/** = off\n", "2:1: x/** = off is not a list such as access/trust-local:off, backup/*:info"],
  ["[Target]\npostgres = 16\n", "1:2: unknown section [Target]; did you mean target?"],
  ["[hosts]\nmemory = 32GB\n", "1:2: unknown section [hosts]; did you mean host?"],
  ["postgres = 16\n", '1:1: the key "postgres" stands before any section; it belongs below [target]'],
  ["target = 16\n", "1:1: target is a section; write [target]"],
  [
    "[target]\n# postgres\npostgres = x\n",
    "3:1: postgres = x is not a release from 10 to 18, such as 16 or 16.4",
  ],
  [
    "[target]\npgbouncer = 2\n",
    "2:1: pgbouncer = 2 is not a release from 1.15 to 1.25, such as 1.25 or 1.25.2",
  ],
  [
    "[target]\npostgres = 15\npostgres = 16\n",
    "3:1: postgres is set before, at pgconflint.ini:2:1; keep one of the two",
  ],
  ["[target]\npostgres\n", "2:1: neither a [section] nor key = value"],
  ["[target\n", "1:1: neither a [section] nor key = value"],
  ["[target]\npostgres[] = 16\n", '2:1: "postgres[]" is not a name'],
  ["[target.postgres]\nx = 1\n", '1:1: "target.postgres" is not a name'],
  ["[target]\npostgres = \n", "2:1: postgres =  is not a release from 10 to 18, such as 16 or 16.4"],
])("%j is refused with its place", (text, complaint) => {
  expect(complaintOf(text)).toBe(`pgconflint.ini:${complaint}`);
});

test.each([
  "[__proto__]\npolluted = 1\n",
  "[target.__proto__]\npolluted = 1\n",
  "[target]\n__proto__ = 1\n",
  '[target]\n"__proto__" = 1\n',
  "[target]\n__proto__[] = 1\n",
  "[constructor.prototype]\npolluted = 1\n",
  "[target]\nconstructor = 1\n",
])("%j reaches no prototype", (text) => {
  expect(complaintOf(text)).toMatch(/^pgconflint\.ini:\d:1: this name is not allowed$/);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("whatever stands in the file, it is read or refused with its place", () => {
  const line = fc.oneof(
    fc.constantFrom("[target]", "postgres = 16", "pgbouncer = 1.25", "# x", "", "[", "=", "]=["),
    fc.string(),
    fc.string({ unit: fc.constantFrom(..."[]=;#.\"'\\ postgre_\t\r") }),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const complaint = complaintOf(lines.join("\n"));
      expect(complaint).toMatch(/^$|^pgconflint\.ini:\d+:\d+: ./);
    }),
  );
});

describe("the file is found", () => {
  const ini = "[target]\npostgres = 15\n";

  test("in the working directory or above, up to the repository's root", () => {
    const cwd = tree({ "pgconflint.ini": ini, "repo/.git/HEAD": "", "repo/conf/a": "", "conf/a": "" });
    expect(loadConfig(undefined, cwd)).toMatchObject({ path: "pgconflint.ini", target: { postgres: "15" } });
    expect(loadConfig(undefined, join(cwd, "conf"))?.path).toBe("../pgconflint.ini");
    expect(loadConfig(undefined, join(cwd, "repo/conf"))).toBeUndefined();
  });

  test("or where --config says, and then it must be there", () => {
    const cwd = tree({ "ci/lint.ini": ini });
    expect(loadConfig("ci/lint.ini", cwd)).toMatchObject({ path: "ci/lint.ini", target: { postgres: "15" } });
    expect(() => loadConfig("ci/nosuch.ini", cwd)).toThrow("ci/nosuch.ini: No such file or directory");
    expect(() => loadConfig("ci", cwd)).toThrow("ci: Is a directory");
  });
});

test("the generated validator says what the schema says", () => {
  const schema = JSON.parse(readFileSync(join(root, "docs/pgconflint.schema.json"), "utf8"));
  const compiled = new Ajv({ allErrors: true, verbose: true }).compile(schema);
  const value = fc.oneof(
    fc.constantFrom<unknown>("10", "16.4", "18", "9.6", "19", "1.15", "1.25.2", "1.26", true, null, {}, [
      "16",
    ]),
    fc.string(),
  );
  const section = fc.oneof(
    fc.dictionary(fc.oneof(fc.constantFrom("postgres", "pgbouncer"), fc.string()), value, { maxKeys: 3 }),
    value,
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("target", "host", "tarjet"), section), (sections) => {
      expect(validate(sections)).toBe(compiled(sections));
      expect(JSON.parse(JSON.stringify(validate.errors))).toEqual(
        JSON.parse(JSON.stringify(compiled.errors)),
      );
    }),
  );
});
