import { effectiveSettings, lint, readHba } from "../../src/index.ts";
import { authLines } from "../../src/syntax/auth-lines.ts";
import { readConnectString } from "../../src/syntax/connect-string.ts";
import { readConninfo } from "../../src/syntax/conninfo.ts";
import { printIni, readIni } from "../../src/syntax/pgbouncer-ini.ts";
import { regexSyntax } from "../../src/syntax/postgres-regex.ts";
import { printConf, readConf } from "../../src/syntax/postgresql-conf.ts";
import { printUserlist, readUserlist } from "../../src/syntax/userlist.ts";
import { redact } from "../../src/text/redact.ts";
import { type Source, sourceOf } from "../../src/text/source.ts";
import { type FuzzCase, SECRET } from "./case.ts";
import type { Random } from "./random.ts";
import { asJson, MAJORS, must, oneFile, POOLERS, type Target } from "./target.ts";

function same(printed: string, source: Source): void {
  must(printed === source.text, () => `${asJson(source.text)} was printed back as ${asJson(printed)}`);
}

const first = ({ files: [file], words: [release = ""] }: FuzzCase) => ({ text: file?.text ?? "", release });

/** Words of a few characters only, which meet each other more often. */
const soup = (characters: string, most: number) => (random: Random) => ({
  files: [{ path: "text", text: random.some(most, () => random.pick([...characters]) ?? "").join("") }],
  words: [],
});

/** A reader never throws, and its document prints back to the same text. */
export const readers: readonly Target[] = [
  {
    name: "postgresql.conf",
    make: oneFile("postgresql.conf", MAJORS),
    check(input) {
      const { text, release } = first(input);
      const source = sourceOf("postgresql.conf", text);
      same(printConf(readConf(source)), source);
      const files = [{ path: "postgresql.conf", text }];
      lint({ files, target: { postgres: release } });
      effectiveSettings({ files, target: { postgres: release } });
    },
  },
  {
    name: "pg_hba.conf",
    make: oneFile("pg_hba.conf", MAJORS),
    check(input) {
      const { text, release } = first(input);
      const source = sourceOf("pg_hba.conf", text);
      for (const line of authLines(source, { major: Number(release), minor: null }))
        must(
          line.text === "" || source.text[line.at(0)] === line.text[0],
          () => `line ${line.line} lost its place`,
        );
      readHba({ files: [{ path: "pg_hba.conf", text }], target: { postgres: release } });
    },
  },
  {
    name: "pg_ident.conf",
    make: oneFile("pg_ident.conf", MAJORS),
    check(input) {
      const { text, release } = first(input);
      const files = [{ path: "pg_ident.conf", text }];
      readHba({ files, target: { postgres: release }, kind: "ident" });
      lint({ files, target: { postgres: release } });
    },
  },
  {
    name: "pgbouncer.ini",
    make: oneFile("pgbouncer.ini", POOLERS),
    check(input) {
      const { text, release } = first(input);
      const source = sourceOf("pgbouncer.ini", text);
      for (const quoted of [true, false]) same(printIni(readIni(source, quoted)), source);
      lint({ files: [{ path: "pgbouncer.ini", text }], target: { pgbouncer: release } });
    },
  },
  {
    name: "userlist.txt",
    make: oneFile("userlist.txt", POOLERS),
    check(input) {
      const { text, release } = first(input);
      const source = sourceOf("userlist.txt", text);
      same(printUserlist(readUserlist(source, { minor: Number(release.slice(2)), patch: null })), source);
      const ini = { path: "pgbouncer.ini", text: "[pgbouncer]\nauth_file = userlist.txt\n" };
      lint({ files: [ini, { path: "userlist.txt", text }], target: { pgbouncer: release } });
    },
  },
  {
    name: "conninfo",
    make: soup("ab='; \t,\\&?%2F:/@pghostuser", 60),
    check(input) {
      const text = String(first(input).text);
      readConninfo(text);
      readConninfo(`postgresql://${text}`);
      for (const { start, end, keyStart, key } of readConnectString(text).pairs)
        must(keyStart + key.length <= start && start <= end, () => `spans overlap in ${asJson(text)}`);
    },
  },
  {
    name: "regular expression",
    make: soup("ab1(){}[]*+?|^$\\-:.,=<>!dUu\u0000é", 40),
    check: (input) => void regexSyntax(String(first(input).text)),
  },
  {
    name: "redact",
    make: soup("pasword=:/@'\"\\ -u.,;#{}\t", 80),
    check(input) {
      const shown = redact(`${first(input).text} password=${SECRET}`);
      must(!shown.includes(SECRET), () => asJson(shown));
    },
  },
];
