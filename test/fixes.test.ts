import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openConf } from "../scripts/conformance/conf-oracle.ts";
import { confProbes } from "../scripts/conformance/conf-probes.ts";
import { openHba } from "../scripts/conformance/hba-oracle.ts";
import { hbaProbes } from "../scripts/conformance/hba-probes.ts";
import { bytesOf, sample } from "../scripts/conformance/probe.ts";
import { type DataDirectory, initdb } from "../scripts/servers/cluster.ts";
import { serverAvailable } from "../scripts/servers/releases.ts";
import { NEWEST } from "../src/catalog/version.ts";
import { fixInRounds } from "../src/fix/rounds.ts";
import { lint, type Report } from "../src/index.ts";
import { rules } from "../src/rules/index.ts";
import { bytesOf as bytesOfSource, type Source, sourceOf } from "../src/text/source.ts";
import { caseFolders, readCase, type TextFile } from "./support/fixtures.ts";

const cases = caseFolders("fixtures/rules").filter((folder) => /\/bad[^/]*$/.test(folder));
/** Of some seven thousand; all of them take two minutes. */
const PROBES = Number(process.env.PGCONFLINT_PROBES ?? 400);
const { release, reason } = { reason: "", ...serverAvailable(NEWEST) };

/** With the rules of the profile that the case's own rule is in. */
const report = (folder: string, files: readonly TextFile[]): Report => {
  const id = folder.split("/").slice(2, 4).join("/");
  return lint({
    files,
    config: { profile: rules.find((rule) => rule.id === id)?.profiles?.[0] ?? "default" },
  });
};

/** The files after all safe fixes of all rules. */
function fixed(folder: string, files: readonly TextFile[]): { files: TextFile[]; made: number } {
  const current = (changed: ReadonlyMap<string, Source>) =>
    files.map(({ path, text }) => ({ path, text: changed.get(path)?.text ?? text }));
  const { changed, made } = fixInRounds(
    (path) => sourceOf(path, files.find((file) => file.path === path)?.text ?? ""),
    (soFar) => report(folder, current(soFar)).findings.flatMap(({ fix }) => (fix?.safe ? [fix] : [])),
  );
  return { files: current(changed), made };
}

const refusals = ({ findings }: Report) =>
  findings.filter(({ server }) => server?.effect === "refuses").length;

describe.each(cases)("%s", (folder) => {
  const files = readCase(folder);
  const once = fixed(folder, files);

  test("all safe fixes together leave none", () => {
    expect(fixed(folder, once.files).made).toBe(0);
  });

  test("no safe fix makes a server refuse what it took", () => {
    expect(refusals(report(folder, once.files))).toBeLessThanOrEqual(refusals(report(folder, files)));
  });
});

/** Those that a server of the newest release is to take as they are now, but for the lines that no fix mended. */
const mended = cases.flatMap((folder) => {
  const { files, made } = fixed(folder, readCase(folder));
  const after = report(folder, files);
  const main = files[0]?.path === "postgresql.conf" && after.target.postgres?.version === String(NEWEST);
  return main && made > 0 ? [{ folder, files: files.map((file) => withoutRefused(file, after)) }] : [];
});

function withoutRefused({ path, text }: TextFile, { findings }: Report): TextFile {
  const lines = text.split("\n");
  for (const { line, server, ...finding } of findings)
    if (finding.path === path && server?.effect === "refuses") lines[line - 1] = "";
  return { path, text: lines.join("\n") };
}

describe.runIf(release)(
  `PostgreSQL ${NEWEST} takes what was fixed${reason && `; skipped: ${reason}`}`,
  () => {
    let data: DataDirectory | undefined;
    beforeAll(async () => {
      if (release) data = await initdb(release);
    }, 60_000);
    afterAll(() => data?.remove());

    test.each(mended)("$folder", async ({ files }) => {
      if (!data) throw new Error("there is no data directory");
      for (const { path, text } of files) data.write(path, text);
      const { code, stderr } = await data.describe("port", ["-c", "logging_collector=off"]);
      expect(code, stderr).toBe(0);
      for (const { path } of files.slice(1)) rmSync(join(data.path, path), { force: true });
      data.write("postgresql.auto.conf", "");
    });
  },
);

const suites = [
  ["postgresql.conf", openConf, confProbes],
  ["pg_hba.conf", openHba, hbaProbes],
] as const;

describe.each(suites)("the probes of %s", (path, open, probes) => {
  const judge = (text: string | Uint8Array) =>
    lint({ files: [{ path, text }], target: { postgres: String(NEWEST) } });
  const fix = (text: string | Uint8Array) => {
    const source = sourceOf(path, text);
    const { changed, made } = fixInRounds(
      () => source,
      (soFar) =>
        judge(bytesOfSource(soFar.get(path) ?? source)).findings.flatMap(({ fix }) =>
          fix?.safe ? [fix] : [],
        ),
    );
    return { after: changed.get(path) ?? source, made };
  };
  const wrong = sample([...probes()], PROBES, 11).filter(
    (probe) => probe.files === undefined && refusals(judge(bytesOf(probe))) > 0,
  );
  const fixes = wrong.map((probe) => ({ probe, before: bytesOf(probe), ...fix(bytesOf(probe)) }));

  test("are fixed once and for all, and none for the worse", () => {
    for (const { before, after, made } of fixes) {
      expect(fix(bytesOfSource(after)).made, after.text).toBe(0);
      expect(refusals(judge(bytesOfSource(after))), after.text).toBeLessThanOrEqual(refusals(judge(before)));
      if (made === 0) expect(after.text).toBe(sourceOf(path, before).text);
    }
  });

  test.runIf(release)(
    "are taken by the server where nothing is left to say",
    { timeout: 60_000 },
    async () => {
      if (!release) throw new Error("there is no server");
      const oracle = await open(release);
      try {
        for (const { probe, after, made } of fixes) {
          if (made === 0 || refusals(judge(bytesOfSource(after))) > 0) continue;
          const { text, encoding } = after;
          const latin1 = encoding === "latin1" && ({ latin1: true } as const);
          const mended = { suite: probe.suite, group: probe.group, text, ...latin1 };
          const { accepts, messages } = await oracle.judge(mended);
          // What this server was built without is no fault of the fix.
          if (messages.some((message) => message.endsWith("not supported by this build"))) continue;
          expect(accepts, `${JSON.stringify(text)}: ${messages}`).toBe(true);
        }
      } finally {
        await oracle.close();
      }
    },
  );
});
