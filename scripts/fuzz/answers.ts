import { clusterOf } from "../../src/api/cluster-of.ts";
import { explainAccess } from "../../src/api/explain-hba.ts";
import { matchHba, TargetError, tune } from "../../src/index.ts";
import { fileSet } from "../../src/text/files.ts";
import { inputsOf, SECRET } from "./case.ts";
import type { Random } from "./random.ts";
import { asJson, clusterFiles, MAJORS, must, oneFile, type Target } from "./target.ts";

const connectionOf = ([, user = "", database = "", address = "", tls]: readonly string[]) => ({
  user,
  database,
  address: address === "" ? null : address,
  tls: tls === "tls" && address !== "",
  roles: { [user]: { memberOf: ["g"] }, ["__proto__"]: {} },
  interfaces: ["10.1.2.9/24"],
  hostnames: { "db.example.com": ["10.1.2.3"] },
});

const askedOf = (random: Random) => [
  random.pick(MAJORS),
  random.pick(["a", "b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "__proto__", "x y", "é", "\u001b"]),
  random.pick(["a", "all", "replication", "constructor"]),
  random.pick(["", "10.1.2.3", "127.0.0.1", "::1", "9.9.9.9"]),
  random.pick(["tls", "plain"]),
];

/** Who gets in: an answer for every file, the same one each time. */
const hba: Target = {
  name: "hba",
  make: (random) => ({
    files: [...oneFile("pg_hba.conf", MAJORS)(random).files, ...clusterFiles(random, true).slice(1)],
    words: askedOf(random),
  }),
  check(input) {
    const [postgres = ""] = input.words;
    const asked = { files: inputsOf(input), target: { postgres }, connection: connectionOf(input.words) };
    const match = matchHba(asked);
    must(JSON.stringify(match) === JSON.stringify(matchHba(asked)), () => "two answers to one question");
    const rows = explainAccess(clusterOf(fileSet(inputsOf(input)), { postgres }));
    // The library's match has the file's own options; the command line takes the secrets out, and is fuzzed as well.
    must(!JSON.stringify(rows).includes(SECRET), () => `shows a secret: ${asJson(rows)}`);
  },
};

const tuned: Target = {
  name: "tune",
  make: (random) => ({
    files: clusterFiles(random, false),
    words: [
      random.pick(MAJORS),
      random.pick(["1", "67108864", "1073741824", "34359738368", "9007199254740991"]),
      random.pick(["0.5", "1", "8", "1024"]),
      random.pick(["1", "100", "100000"]),
    ],
  }),
  check(input) {
    const [postgres = "", memory, cpus, connections] = input.words;
    try {
      const result = tune({
        host: { memory: Number(memory), cpus: Number(cpus), disk: "ssd" },
        connections: Number(connections),
        target: { postgres },
        files: inputsOf(input),
      });
      for (const { name, value } of result.settings)
        must(value !== "" && !/NaN|Infinity|undefined/.test(value), () => `${name} = ${value}`);
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
    }
  },
};

export const answers: readonly Target[] = [hba, tuned];
