import { type FuzzCase, type FuzzFile, SECRET } from "./case.ts";

/** The smallest input found, within a time, that still fails. */
export async function shrunk(
  input: FuzzCase,
  fails: (input: FuzzCase) => Promise<boolean>,
  ms = 20_000,
): Promise<FuzzCase> {
  const until = performance.now() + ms;
  let best = input;
  for (let progress = true; progress && performance.now() < until; ) {
    progress = false;
    for (const smaller of smallerOnes(best)) {
      if (performance.now() > until) break;
      if (!(await fails(smaller))) continue;
      best = smaller;
      progress = true;
      break;
    }
  }
  return best;
}

/** Without a file, then without a half, a quarter … of one. */
function* smallerOnes(input: FuzzCase): Generator<FuzzCase> {
  for (const [index] of input.files.entries())
    if (input.files.length > 1) yield { ...input, files: input.files.toSpliced(index, 1) };
  for (const [index, file] of input.files.entries())
    for (const smaller of smallerFiles(file)) yield { ...input, files: input.files.with(index, smaller) };
}

function* smallerFiles({ path, text }: FuzzFile): Generator<FuzzFile> {
  const secrets = linesOfSecrets(text);
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < text.length; at += size)
      if (!secrets.some(({ start, end }) => at < end && start < at + size))
        yield { path, text: without(text, at, size) };
}

const without = (text: string | Uint8Array, at: number, size: number): string | Uint8Array =>
  typeof text === "string"
    ? text.slice(0, at) + text.slice(at + size)
    : Uint8Array.from([...text.subarray(0, at), ...text.subarray(at + size)]);

/** Without the words round it, a secret is a word like any other, and no wonder that it is shown. */
function linesOfSecrets(text: string | Uint8Array): { start: number; end: number }[] {
  if (typeof text !== "string") return [];
  return [...text.matchAll(new RegExp(`^.*${SECRET}.*\\n?`, "gm"))].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
}
