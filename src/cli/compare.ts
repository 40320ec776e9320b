import { type Ignored, ignoring } from "../api/compare/ignored.ts";
import { groupDiffers, pairDiffers } from "../api/compare/report.ts";
import { UserError } from "../node/problem.ts";
import { groupPage } from "../report/compare/group.ts";
import { groupsJson } from "../report/compare/group-json.ts";
import { type Page, pageAsMarkdown, pageAsText } from "../report/compare/page.ts";
import { pairPage } from "../report/compare/pair.ts";
import { pairJson } from "../report/compare/pair-json.ts";
import { colors } from "../report/paint.ts";
import { type Args, flag, list } from "./args.ts";
import { groupReport } from "./compare-group.ts";
import { pairReport } from "./compare-pair.ts";
import { ServerReader } from "./compare-servers.ts";
import { namesIn } from "./ignored-names.ts";
import { type ExitCode, type Io, wantsColor } from "./io.ts";
import { COMPARE_FORMATS } from "./options.ts";
import { outputsOf, print } from "./outputs.ts";

/** Exit codes: 0 where nothing but what is to be expected differs, 1 where something does. */
export function compare(args: Args, io: Io): ExitCode {
  const outputs = outputsOf(args, COMPARE_FORMATS, ["text"]);
  const { differs, json, pages } = compared(args, io);
  for (const output of outputs) {
    const paint = output.file === undefined && wantsColor(io, flag(args, "color")) ? colors() : undefined;
    const printed = {
      text: () => pages().map((page) => pageAsText(page, paint)),
      markdown: () => pages().map(pageAsMarkdown),
      json: () => [json()],
    }[output.format]();
    print(output, printed.join("\n"), io);
  }
  return differs ? 1 : 0;
}

interface Compared {
  readonly differs: boolean;
  json(): string;
  pages(): Page[];
}

function compared(args: Args, io: Io): Compared {
  const reader = new ServerReader(args, io);
  const ignored = ignoring(namesIn(list(args, "ignore")));
  const groups = list(args, "group");
  return groups.length > 0
    ? comparedGroups([...groups, ...args.paths], ignored, reader)
    : comparedPair(args.paths, ignored, reader);
}

function comparedPair(
  [one, other, more]: readonly string[],
  ignored: Ignored,
  reader: ServerReader,
): Compared {
  if (one === undefined || other === undefined || more !== undefined)
    throw new UserError(
      "compare: say which two servers, pgconflint compare A B, or --group DIR for all that are below it",
    );
  const report = pairReport(one, other, ignored, reader);
  return { differs: pairDiffers(report), json: () => pairJson(report), pages: () => [pairPage(report)] };
}

function comparedGroups(paths: readonly string[], ignored: Ignored, reader: ServerReader): Compared {
  const reports = paths.map((path) => groupReport(path, ignored, reader));
  return {
    differs: reports.some(groupDiffers),
    json: () => groupsJson(reports),
    pages: () => reports.map(groupPage),
  };
}
