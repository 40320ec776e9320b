import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc, { type IProperty } from "fast-check";
import { effectiveSettings, lint, readHba } from "../../src/index.ts";
import { authLines } from "../../src/syntax/auth-lines.ts";
import { readConnectString } from "../../src/syntax/connect-string.ts";
import { printIni, readIni } from "../../src/syntax/pgbouncer-ini.ts";
import { regexSyntax } from "../../src/syntax/postgres-regex.ts";
import { printConf, readConf } from "../../src/syntax/postgresql-conf.ts";
import { printUserlist, readUserlist } from "../../src/syntax/userlist.ts";
import { type Source, sourceOf } from "../../src/text/source.ts";

const root = resolve(process.cwd());

/** Real files to mutate: what the fixtures have of one kind. */
function seeds(name: RegExp): string[] {
  const folder = join(root, "fixtures/rules");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => name.test(file));
  return files.map((file) => readFileSync(join(folder, file), "utf8")).filter((text) => text.length < 4000);
}

const PIECES = [
  "\n",
  "\r\n",
  " ",
  "\t",
  "'",
  "''",
  '"',
  '""',
  "\\",
  "#",
  ";",
  "=",
  ",",
  "@",
  "+",
  "/",
  "%include ",
  "[",
  "]",
  "{",
  "(",
  ")",
  "*",
  "all",
  "0x",
  "1.5",
  "GB",
  "\0",
  "é",
  "日",
  "\ufeff",
  "include ",
  ".",
  "-",
  "host",
  "local",
  "[pgbouncer]",
  "port",
];

/** Random characters, pieces of the formats put together at random, and real files with some of it changed. */
function inputs(name: RegExp): fc.Arbitrary<string | Uint8Array> {
  const mutated = fc
    .tuple(
      fc.constantFrom(...seeds(name)),
      fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom(...PIECES)), { maxLength: 6 }),
    )
    .map(([text, changes]) =>
      changes.reduce((now, [at, length, piece]) => {
        const start = now.length === 0 ? 0 : at % now.length;
        return now.slice(0, start) + piece + now.slice(start + length);
      }, text),
    );
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join("")),
    },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 3, arbitrary: mutated },
  );
}

const MAJORS = fc.constantFrom("10", "11", "12", "13", "14", "15", "16", "17", "18");
const POOLERS = fc.constantFrom("1.15", "1.16", "1.19", "1.23", "1.25");

function same(printed: string, source: Source): void {
  if (printed !== source.text)
    throw new Error(`printed ${JSON.stringify(printed)} of ${JSON.stringify(source.text)}`);
}

/** One property a reader: it never throws, and its document prints back to the same text. */
export function readerProperties(): {
  name: string;
  property: IProperty<unknown[]> | IProperty<never> | fc.IRawProperty<unknown>;
}[] {
  const conf = inputs(/postgresql\.conf$/);
  const hba = inputs(/pg_hba\.conf$/);
  const ini = inputs(/pgbouncer\.ini$/);
  return [
    {
      name: "postgresql.conf",
      property: fc.property(conf, MAJORS, (text, postgres) => {
        const source = sourceOf("postgresql.conf", text);
        same(printConf(readConf(source)), source);
        lint({ files: [{ path: "postgresql.conf", text }], target: { postgres } });
        effectiveSettings({ files: [{ path: "postgresql.conf", text }], target: { postgres } });
      }),
    },
    {
      name: "pg_hba.conf",
      property: fc.property(hba, MAJORS, (text, postgres) => {
        const source = sourceOf("pg_hba.conf", text);
        for (const line of authLines(source, { major: Number(postgres), minor: null }))
          if (line.text !== "" && source.text[line.at(0)] !== line.text[0])
            throw new Error("a line lost its place");
        readHba({ files: [{ path: "pg_hba.conf", text }], target: { postgres } });
        lint({ files: [{ path: "pg_hba.conf", text }], target: { postgres } });
      }),
    },
    {
      name: "pg_ident.conf",
      property: fc.property(hba, MAJORS, (text, postgres) => {
        readHba({ files: [{ path: "pg_ident.conf", text }], target: { postgres }, kind: "ident" });
        lint({ files: [{ path: "pg_ident.conf", text }], target: { postgres } });
      }),
    },
    {
      name: "pgbouncer.ini",
      property: fc.property(ini, POOLERS, (text, pgbouncer) => {
        const source = sourceOf("pgbouncer.ini", text);
        for (const quoted of [true, false]) same(printIni(readIni(source, quoted)), source);
        lint({ files: [{ path: "pgbouncer.ini", text }], target: { pgbouncer } });
      }),
    },
    {
      name: "userlist.txt",
      property: fc.property(ini, POOLERS, (text, pgbouncer) => {
        const source = sourceOf("userlist.txt", text);
        same(printUserlist(readUserlist(source, { minor: Number(pgbouncer.slice(2)), patch: null })), source);
        lint({
          files: [
            { path: "pgbouncer.ini", text: "[pgbouncer]\n" },
            { path: "userlist.txt", text },
          ],
          target: { pgbouncer },
        });
      }),
    },
    {
      name: "connection string",
      property: fc.property(
        fc.string({ unit: fc.constantFrom(..."ab='; \t,".split("")), maxLength: 40 }),
        (text) => {
          for (const { start, end, keyStart, key } of readConnectString(text).pairs)
            if (!(keyStart + key.length <= start && start <= end))
              throw new Error(`spans overlap in ${JSON.stringify(text)}`);
        },
      ),
    },
    {
      name: "regular expression",
      property: fc.property(
        fc.string({ unit: fc.constantFrom(..."ab1(){}[]*+?|^$\\-:.,=<>!dUu".split("")), maxLength: 30 }),
        (text) => {
          regexSyntax(text);
        },
      ),
    },
  ];
}
