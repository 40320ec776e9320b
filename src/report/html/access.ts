import { databasesText, farthest, fromText, usersText, witnessText } from "../../api/access-words.ts";
import type { AccessRow, UnusedLine } from "../../api/explain-hba.ts";
import type { AccessOverview } from "../../api/overview.ts";
import { linesText } from "../../text/line-refs.ts";
import { shorten } from "../../text/shorten.ts";
import { plural } from "../verdict.ts";
import { escaped } from "../xml.ts";

/** More make no picture. */
const MOST = 40;
const ROW = 34;

/** Who can reach what: a row for the lines that let in the same, or keep it out, the widest doors first. */
export function accessPicture(access: AccessOverview): string {
  const { path, server, listens, refusal, rows, rest, unused } = access;
  const shown = rows.slice(0, MOST);
  const height = shown.length * ROW;
  const notes = [
    refusal === null
      ? `${path}, as ${server} reads it.`
      : `${server} does not load ${path}: ${refusal}. This is what its other lines would say.`,
    LISTENS[listens],
    rest ? "Everybody else is turned away." : "",
    rows.length > shown.length ? `The first ${MOST} of ${rows.length} rows are shown.` : "",
  ].filter(Boolean);
  const picture = `<svg viewBox="-1 0 802 ${height}" role="img" aria-label="Who can reach which databases, and how">
${shown.map((row, index) => rowOf(row, path, index * ROW)).join("\n")}
</svg>`;
  const keys = KEYS.map(([name, words]) => `<span class="key ${name}"></span>${words}`).join(" ");
  return `<section class="picture"><h2>Who can reach what</h2>
<p class="quiet">${escaped(notes.join(" "))}</p>
${openDoors(rows)}${shown.length > 0 ? picture : ""}
<p class="keys">${keys}</p>${neverUsed(unused, path)}
</section>`;
}

const LISTENS = {
  socket: "The server listens on no network address, so that only the local socket is open.",
  loopback: "The server listens on this machine only.",
  remote: "The server listens on the network.",
  unknown: "",
} as const;

const KEYS = [
  ["nothing", "no proof asked for"],
  ["weak", "a password or name that others can get at"],
  ["strong", "a strong proof"],
  ["rejected", "no way in"],
] as const;

/** What is open without a password, in words, as it comes before all else. */
function openDoors(rows: readonly AccessRow[]): string {
  const open = rows.flatMap(({ witness }) => (witness ? [`<li>${escaped(witnessText(witness))}</li>`] : []));
  if (open.length === 0) return "";
  const shown = open.slice(0, MOST_NAMED);
  const more = open.length > shown.length ? `<li>and ${open.length - shown.length} more</li>` : "";
  return `<p>No password is asked for, for example, of:</p><ul>${shown.join("")}${more}</ul>\n`;
}

const MOST_NAMED = 5;

function neverUsed(unused: readonly UnusedLine[], path: string): string {
  if (unused.length === 0) return "";
  const items = unused
    .slice(0, MOST)
    .map(
      (line) =>
        `<li>${escaped(`${linesText([line], path)}: ${line.because}`)} <code>${escaped(line.text)}</code></li>`,
    );
  const more = unused.length > items.length ? `<li>and ${unused.length - items.length} more</li>` : "";
  return `\n<details><summary>${plural(unused.length, "line")} never used</summary><ul>${items.join("")}${more}</ul></details>`;
}

/** The farther away, the farther left a client stands. */
const FROM = { everywhere: 0, network: 20, host: 40, loopback: 60, socket: 80 } as const;

function rowOf(row: AccessRow, path: string, top: number): string {
  const { from, users, databases, method, strength, lines, except, encryption } = row;
  const reach = farthest(from);
  const left = FROM[reach];
  const middle = top + ROW / 2;
  const start = left + 190;
  const origin = fromText(from);
  const into = databases.length === 1 && databases[0] === "all" ? "all databases" : databasesText(databases);
  const how = method === "reject" && encryption === "optional" ? "" : ENCRYPTION[encryption];
  const words = `${usersText(users)} · ${method}${how}`;
  const but = except.length > 0 ? `, except what comes first in ${linesText(except, path)}` : "";
  const title = `${linesText(lines, path)}: ${origin}, ${words}, ${into}${but}`;
  const y = `y="${top + 4}" height="${ROW - 8}" rx="6"`;
  return `<g class="${strength}"><title>${escaped(title)}</title>
<rect class="from ${reach}" x="${left}" width="190" ${y}/><text x="${left + 10}" y="${middle + 4}">${fit(origin, 26)}</text>
<path d="M${start} ${middle}H590"/><path class="head" d="M${strength === "rejected" ? "586 -6v12" : "590 -5l9 5l-9 5z"}" transform="translate(0 ${middle})"/>
<text class="label" x="${start + 8}" y="${middle - 4}">${fit(words, 52)}</text>
<rect class="to" x="600" width="200" ${y}/><text x="610" y="${middle + 4}">${fit(into, 27)}</text></g>`;
}

const ENCRYPTION = {
  required: " · encrypted",
  none: " · in clear",
  optional: " · clear or encrypted",
  needless: "",
} as const;

const fit = (text: string, most: number) => escaped(shorten(text, most));
