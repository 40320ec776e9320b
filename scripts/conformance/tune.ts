import { server } from "../servers/releases.ts";
import { answer, complaints, Monotone, wrongIn } from "./tune-claims.ts";
import { grid } from "./tune-grid.ts";
import { Fresh, isSmall, openTuned } from "./tune-oracle.ts";

/** One configuration in so many is held against the rules as well. */
const LINTED = 61;
/** One in so many of a small host's configurations that were asked about is really started. */
const STARTED = 25;

export interface Tried {
  readonly tuned: number;
  readonly linted: number;
  readonly asked: number;
  readonly started: number;
  readonly wrong: readonly string[];
}

/** Holds tune() against a server: the whole grid against its own claims, what is new to the server against that. */
export async function tryTuned(major: number): Promise<Tried> {
  const oracle = await openTuned(await server(major));
  const wrong: string[] = [];
  const monotone = new Monotone();
  const fresh = new Fresh();
  let [tuned, linted, asked, small, started] = [0, 0, 0, 0, 0];
  for (const point of grid(major)) {
    const answered = answer(point);
    wrong.push(...wrongIn(point, answered.tuning), ...monotone.wrong(point, answered.tuning));
    if (tuned++ % LINTED === 0) {
      linted++;
      wrong.push(...complaints(point, answered.tuning));
    }
    if (!fresh.has(answered)) continue;
    asked++;
    wrong.push(...(await oracle.wrong(answered)));
    if (!isSmall(point) || small++ % STARTED > 0) continue;
    started++;
    wrong.push(...(await oracle.start(answered)));
  }
  oracle.close();
  return { tuned, linted, asked, started, wrong };
}
