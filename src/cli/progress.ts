import type { Report } from "../engine/report.ts";
import { type Io, wantsUnicode } from "./io.ts";

/** One line of standard error that tells how far a long run is. */
export interface Progress {
  step(done: number, found: Report["summary"]): void;
  /** Takes the line away, so that something else may be written. */
  clear(): void;
  /** The same for good, and tells how long it took. */
  end(done: number): void;
}

const UNWATCHED: Progress = { step() {}, clear() {}, end() {} };

/** Fewer servers are done before anybody looks. */
const MANY = 50;
const EVERY = 100;

/** Only where somebody watches, and at most ten times a second. */
export function startProgress(all: number, io: Io): Progress {
  if (all < MANY || io.env.CI || io.env.TERM === "dumb" || !io.isTerminal("stderr")) return UNWATCHED;
  const dot = wantsUnicode(io) ? " · " : ", ";
  const started = performance.now();
  let next = started + EVERY;
  let isShown = false;
  const clear = () => {
    if (isShown) io.stderr("\r\u001b[2K");
    isShown = false;
  };
  return {
    clear,
    step(done, { error, warning }) {
      const now = performance.now();
      if (now < next) return;
      next = now + EVERY;
      const found = [error > 0 && counted(error, "error"), warning > 0 && counted(warning, "warning")];
      const parts = [`${grouped(done)} of ${counted(all, "server")}`, ...found].filter(Boolean);
      io.stderr(`\r\u001b[2K${parts.join(dot)}`);
      isShown = true;
    },
    end(done) {
      clear();
      const seconds = (performance.now() - started) / 1000;
      io.stderr(`pgconflint: ${counted(done, "server")} in ${seconds.toFixed(1)} s\n`);
    },
  };
}

const grouped = (count: number) => count.toLocaleString("en");
const counted = (count: number, what: string) => `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;
