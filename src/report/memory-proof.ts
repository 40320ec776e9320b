import { roughBytes } from "../host/bytes.ts";
import type { Budget, PartName } from "../sizing/budget.ts";
import type { Paint } from "./paint.ts";

export interface ProofStyle {
  /** Without it, only ASCII is printed. */
  readonly unicode: boolean;
  readonly paint?: Paint | undefined;
}

/** What a piece of the bar stands for; told apart by its pattern, so that nobody needs to see colours. */
type Taken = "shared" | "sessions" | "queries" | "maintenance";
export type Layer = "kept" | Taken | "cache";
export const LAYERS: readonly Layer[] = ["kept", "shared", "sessions", "queries", "maintenance", "cache"];

const LAYER_OF: Readonly<Record<PartName, Taken>> = {
  "shared memory": "shared",
  sessions: "sessions",
  "page tables": "sessions",
  queries: "queries",
  "parallel workers": "queries",
  autovacuum: "maintenance",
  maintenance: "maintenance",
};

type Marks = Readonly<Record<Layer | "limit", string>>;
const UNICODE: Marks = {
  kept: "╱",
  shared: "█",
  sessions: "▓",
  queries: "▒",
  maintenance: "░",
  cache: "·",
  limit: "┃",
};
const ASCII: Marks = {
  kept: "/",
  shared: "#",
  sessions: "=",
  queries: "+",
  maintenance: "-",
  cache: ".",
  limit: "|",
};

export type LevelName = "worst" | "likely";

/** All connections at work; and as many as is likely, where those are fewer. */
export const levelsOf = ({ worst, likely }: Budget): readonly LevelName[] =>
  likely.sessions < worst.sessions ? ["worst", "likely"] : ["worst"];

const WIDTH = 76;

/** The host's memory as bars: one with all connections at work, one with as many as the CPUs keep busy. */
export function memoryBars(budget: Budget, { unicode, paint }: ProofStyle): string {
  const marks = unicode ? UNICODE : ASCII;
  return levelsOf(budget)
    .map((name) => {
      const title = titleOf(budget, name);
      const shown = budget[name].fits || !paint ? title : paint.error(title);
      return `${shown}\n${bar(budget, name, marks, paint)}\n`;
    })
    .join("\n");
}

/** What a bar shows. */
export function titleOf(budget: Budget, name: LevelName): string {
  const { sessions, taken, left, fits } = budget[name];
  const who = name === "worst" ? `All ${sessions} connections at work` : `${sessions} at work, as is likely`;
  const rest = fits ? `${roughBytes(left)} left for the page cache` : `${roughBytes(-left)} too much`;
  return `${who}: ${roughBytes(taken)} of ${roughBytes(budget.usable)}, ${rest}`;
}

function bar(budget: Budget, name: LevelName, marks: Marks, paint: Paint | undefined): string {
  const scale = WIDTH / Math.max(budget.memory, budget.kept + budget[name].taken);
  const sizes = layerSizes(budget, name);
  let text = "";
  let bytes = 0;
  for (const layer of LAYERS) {
    bytes += sizes[layer];
    text += marks[layer].repeat(Math.max(0, Math.round(bytes * scale) - text.length));
  }
  if (budget[name].fits) return text;
  const limit = Math.round(budget.memory * scale);
  const over = text.slice(limit);
  return `${text.slice(0, limit)}${marks.limit}${paint ? paint.error(over) : over}`;
}

/** Bytes of each piece of a bar, in the order in which they are drawn. */
export function layerSizes(budget: Budget, name: LevelName): Record<Layer, number> {
  const sizes = { kept: budget.kept, shared: 0, sessions: 0, queries: 0, maintenance: 0 };
  for (const part of budget.parts) sizes[LAYER_OF[part.name]] += part[name];
  return { ...sizes, cache: Math.max(0, budget[name].left) };
}

/** A row of the proof; the layer is the piece of the bar that it belongs to. */
export interface ProofRow {
  readonly layer: Layer | null;
  readonly name: string;
  readonly words: string;
  size(level: LevelName): number;
}

export const proofRows = (budget: Budget): readonly ProofRow[] => [
  ...budget.parts.map((part) => ({
    layer: LAYER_OF[part.name],
    name: part.name,
    words: part.arithmetic,
    size: (level: LevelName) => part[level],
  })),
  {
    layer: "cache",
    name: "page cache",
    words: "what is left, for the files of the database",
    size: (level) => budget[level].left,
  },
  {
    layer: "kept",
    name: "kept",
    words: "for the kernel, and for whatever else runs there",
    size: () => budget.kept,
  },
  { layer: null, name: "RAM", words: "", size: () => budget.memory },
];

/** The rows in cells: mark, name, bytes of each level, how they come about. */
export function memoryRows(budget: Budget, { unicode }: ProofStyle): string[][] {
  const marks = unicode ? UNICODE : ASCII;
  const levels = levelsOf(budget);
  return [
    ["", "", ...levels.map((level) => headOf(budget, level).padStart(NUMBER)), ""],
    ...proofRows(budget).map(({ layer, name, words, size }) => {
      const cells = levels.map((level) => signedBytes(size(level)).padStart(headOf(budget, level).length));
      return [layer === null ? "" : marks[layer], name, ...cells.map((cell) => cell.padStart(NUMBER)), words];
    }),
  ];
}

const NUMBER = 8;
export const signedBytes = (bytes: number) => (bytes < 0 ? `-${roughBytes(-bytes)}` : roughBytes(bytes));

export const headOf = (budget: Budget, name: LevelName): string =>
  name === "worst" ? `all ${budget.worst.sessions}` : `${budget.likely.sessions} busy`;
