import type { MemoryOverview } from "../../api/overview.ts";
import { roughBytes } from "../../host/bytes.ts";
import type { Budget } from "../../sizing/budget.ts";
import {
  headOf,
  LAYERS,
  type LevelName,
  layerSizes,
  levelsOf,
  proofRows,
  signedBytes,
  titleOf,
} from "../memory-proof.ts";
import { fromWhere } from "../summary.ts";
import { escaped } from "../xml.ts";

const WIDTH = 800;
const HEIGHT = 36;

/** The proof that the memory suffices, or does not: bars, and the rows that they are made of. */
export function memoryPicture({ budget, from }: MemoryOverview): string {
  const levels = levelsOf(budget);
  const bars = levels.map(
    (level) =>
      `<p${budget[level].fits ? "" : ' class="over"'}>${escaped(titleOf(budget, level))}</p>\n${bar(budget, level)}`,
  );
  const heads = levels.map((level) => `<th class="number">${headOf(budget, level)}</th>`).join("");
  return `<section class="picture"><h2>Memory</h2>
<p class="quiet">${roughBytes(budget.memory)} of memory (${escaped(fromWhere(from))}). What each session really takes depends on its queries; this is what they may take.</p>
${bars.join("\n")}
<table class="legend"><thead><tr><th></th>${heads}<th></th></tr></thead><tbody>${rows(budget, levels).join("")}</tbody></table>
</section>`;
}

function bar(budget: Budget, level: LevelName): string {
  const scale = WIDTH / Math.max(budget.memory, budget.kept + budget[level].taken);
  const sizes = layerSizes(budget, level);
  let at = 0;
  const pieces = LAYERS.map((layer) => {
    const x = at;
    at += sizes[layer] * scale;
    return `<rect class="${layer}" x="${round(x)}" y="0" width="${round(sizes[layer] * scale)}" height="${HEIGHT}"><title>${NAMES[layer]}: ${roughBytes(sizes[layer])}</title></rect>`;
  });
  const end = round(budget.memory * scale);
  const limit = `<line class="limit" x1="${end}" x2="${end}" y1="-6" y2="${HEIGHT + 6}"/>`;
  return `<svg viewBox="-2 -8 ${WIDTH + 4} ${HEIGHT + 16}" role="img" aria-label="${escaped(titleOf(budget, level))}">${pieces.join("")}${budget[level].fits ? "" : limit}</svg>`;
}

const NAMES: Readonly<Record<(typeof LAYERS)[number], string>> = {
  kept: "Kept for the kernel",
  shared: "Shared memory",
  sessions: "Sessions and their page tables",
  queries: "Sorts and hashes of queries",
  maintenance: "Autovacuum and maintenance",
  cache: "Page cache",
};

const rows = (budget: Budget, levels: readonly LevelName[]): string[] =>
  proofRows(budget).map(({ layer, name, words, size }) => {
    const numbers = levels.map((level) => `<td class="number">${signedBytes(size(level))}</td>`).join("");
    const key = layer === null ? "" : `<span class="key ${layer}"></span>`;
    return `<tr><td>${key}${name}</td>${numbers}<td class="quiet">${escaped(words)}</td></tr>`;
  });

const round = (number: number) => Math.round(number * 10) / 10;
