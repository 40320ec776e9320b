import { fixInRounds } from "../../src/fix/rounds.ts";
import { lint } from "../../src/index.ts";
import { type Source, sourceOf } from "../../src/text/source.ts";
import { FORMATS, linted } from "../../test/report/support.ts";
import { type FuzzCase, type FuzzFile, inputsOf, SECRET } from "./case.ts";
import { clean } from "./clean.ts";
import { asJson, clusterFiles, MAJORS, must, type Target } from "./target.ts";
import { malformed } from "./well-formed.ts";

const JSON_FORMATS = ["json", "sarif", "gitlab"];
const XML_FORMATS = ["junit", "checkstyle", "html"];

/** Every format of every report is what it says it is, and shows nothing that it must not. */
const report: Target = {
  name: "report",
  make: (random) => ({ files: clusterFiles(random, true), words: [] }),
  check(input) {
    const once = linted(inputsOf(input));
    const again = linted(inputsOf(input));
    must(JSON.stringify(once.report) === JSON.stringify(again.report), () => "two runs give two reports");
    const paths = new Set(once.report.files.map(({ path }) => path));
    for (const { path, line, column, endLine, endColumn, rule } of once.report.findings) {
      must(paths.has(path), () => `${rule} is about ${asJson(path)}, which is none of the files`);
      const inOrder = line < endLine || (line === endLine && column <= endColumn);
      must(
        line >= 1 && column >= 1 && inOrder,
        () => `${rule} is at ${asJson([line, column, endLine, endColumn])}`,
      );
    }
    for (const [name, format] of Object.entries(FORMATS)) {
      const text = format(once.report, once.extras);
      must(text === format(again.report, again.extras), () => `${name} differs from run to run`);
      must(
        !text.includes(SECRET),
        () => `${name} shows a secret: ${asJson(text.slice(Math.max(0, text.indexOf(SECRET) - 200)))}`,
      );
      clean(text, name);
      if (JSON_FORMATS.includes(name)) JSON.parse(text);
      const wrong = XML_FORMATS.includes(name) ? malformed(text) : undefined;
      must(wrong === undefined, () => `${name}: ${wrong}`);
    }
  },
};

/** Fixes come to an end, keep the encoding, and make no server refuse what it took. */
const fix: Target = {
  name: "fix",
  make: (random) => ({
    files: clusterFiles(random, false),
    words: [random.pick(["safe", "unsafe"]), random.pick(MAJORS)],
  }),
  check(input) {
    const [kind, postgres = ""] = input.words;
    const reportOf = (changed: ReadonlyMap<string, Source>) =>
      lint({ files: current(input, changed), target: { postgres } });
    const rounds = (files: FuzzCase) =>
      fixInRounds(
        (path) => sourceAt(files, path),
        (soFar) =>
          lint({ files: current(files, soFar), target: { postgres } }).findings.flatMap(({ fix: its }) =>
            its && (its.safe || kind === "unsafe") ? [its] : [],
          ),
      );
    const { changed } = rounds(input);
    for (const [path, { encoding }] of changed) {
      const before = sourceAt(input, path);
      // A fix may take away the bytes that were no UTF-8, but brings none.
      const kept = typeof before !== "string" && (before.encoding === encoding || encoding === "utf-8");
      must(kept, () => `${asJson(path)} is no UTF-8 any more`);
    }
    const files = current(input, changed);
    const more = rounds({ files, words: [] }).changed;
    must(
      more.size === 0,
      () => `a second run changes ${asJson([...more].map(([path, { text }]) => [path, text]))}`,
    );
    if (kind !== "safe") return;
    const refusals = (changes: ReadonlyMap<string, Source>) =>
      reportOf(changes).findings.filter(({ server }) => server?.effect === "refuses");
    const [before, after] = [refusals(new Map()), refusals(changed)];
    must(before.length > 0 || after.length === 0, () => `after the fix the server refuses ${asJson(after)}`);
  },
};

function sourceAt({ files }: FuzzCase, path: string): Source | string {
  const file = files.find((each) => each.path === path);
  return file ? sourceOf(path, file.text) : "No such file or directory";
}

const current = (input: FuzzCase, changed: ReadonlyMap<string, Source>): FuzzFile[] =>
  input.files.map((file) => {
    const its = changed.get(file.path);
    if (!its) return file;
    return {
      path: file.path,
      text: its.encoding === "latin1" ? new Uint8Array(Buffer.from(its.text, "latin1")) : its.text,
    };
  });

export const reports: readonly Target[] = [report, fix];
