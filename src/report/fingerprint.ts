import type { Finding, Report } from "../engine/report.ts";
import type { LineOf } from "./clean-lines.ts";

/**
 * A name for each finding by which the next run knows it again. It is made of what the finding is about and of no
 * line number, so that lines that come or go above it change nothing; of findings that are alike in all of this,
 * the second has a number of its own.
 */
export function fingerprints({ findings }: Report, lineOf: LineOf): Map<Finding, string> {
  const seen = new Map<string, number>();
  const prints = new Map<Finding, string>();
  for (const finding of findings) {
    const key = keyOf(finding, lineOf);
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    prints.set(finding, hash(`${key}\0${ordinal}`));
  }
  return prints;
}

function keyOf({ rule, path, line, setting = "", current }: Finding, lineOf: LineOf): string {
  // The line without its secrets: a hash of a short password tells the password to whoever tries them all.
  const about = current ?? lineOf(path, line)?.clean.trim().replace(/\s+/g, " ") ?? "";
  return [rule, path, setting, about].join("\0");
}

/** FNV-1a in 64 bits, over UTF-16 code units: short, the same everywhere, and no secret is kept by it. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++)
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  return value.toString(16).padStart(16, "0");
}
