import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DataDirectory, initdb } from "../scripts/servers/cluster.ts";
import { serverAvailable } from "../scripts/servers/releases.ts";
import { NEWEST } from "../src/catalog/version.ts";
import { fixInRounds } from "../src/fix/rounds.ts";
import { lint, type Report } from "../src/index.ts";
import { rules } from "../src/rules/index.ts";
import { type Source, sourceOf } from "../src/text/source.ts";
import { caseFolders, readCase, type TextFile } from "./support/fixtures.ts";

const cases = caseFolders("fixtures/rules").filter((folder) => /\/bad[^/]*$/.test(folder));
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
