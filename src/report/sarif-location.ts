import type { Finding } from "../engine/report.ts";

/** A file as a URI; below the directory of the run it is relative to that, so that another machine finds it too. */
export function location(path: string): { uri: string; uriBaseId?: string } {
  const uri = path
    .replace(/^(?:\.\/)+/, "")
    .split("/")
    .map((name) => encodeURIComponent(name.replace(/\p{Cs}/gu, "\ufffd")))
    .join("/");
  if (uri.startsWith("/")) return { uri: `file://${uri}` };
  return uri.startsWith("../") ? { uri } : { uri, uriBaseId: "%SRCROOT%" };
}

/** Columns are as in the report: from 1, the end one behind the last character. */
export const regionOf = ({ line, column, endLine, endColumn }: Finding) => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});
