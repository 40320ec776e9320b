import { type Args, flag } from "./args.ts";
import { type Io, wantsColor, wantsUnicode } from "./io.ts";
import { isJudged, type Outcome } from "./judge-all.ts";
import { type Output, openOutput } from "./outputs.ts";
import { type FormatName, printerOf, type RunEnd } from "./printers.ts";

/** What a run prints, to wherever it goes. */
export interface Reports {
  add(outcome: Outcome): void;
  end(run: RunEnd): Promise<void>;
  /** Has everybody gone who wanted to read them? */
  areUnwanted(): boolean;
}

/** `before` is called before something goes to standard output. */
export async function openReports(
  outputs: readonly Output<FormatName>[],
  args: Args,
  io: Io,
  before: () => void,
): Promise<Reports> {
  const unicode = wantsUnicode(io);
  const all = await Promise.all(
    outputs.map(async (output) => {
      const color = output.file === undefined && wantsColor(io, flag(args, "color"));
      const write = openOutput(output, io);
      return {
        printer: await printerOf(output.format, { color, unicode, cwd: io.cwd }),
        write(text: string) {
          if (output.file === undefined) before();
          write(text);
        },
      };
    }),
  );
  const others = outputs.some(({ file }) => file !== undefined) || flag(args, "update-baseline");
  return {
    add(outcome) {
      for (const { printer, write } of all) {
        const text = isJudged(outcome) ? printer.judged(outcome) : printer.notJudged?.(outcome);
        if (text) write(text);
      }
    },
    async end(run) {
      // Also where that is nothing: a file that was asked for is to be there.
      for (const { printer, write } of all) write(await printer.end(run));
    },
    areUnwanted: () => !others && outputs.length > 0 && (io.isClosed?.() ?? false),
  };
}
