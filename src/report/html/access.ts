import type { AccessOverview, AccessRecord } from "../../api/overview.ts";
import { shorten } from "../printable.ts";
import { plural } from "../verdict.ts";
import { escaped } from "../xml.ts";

/** More make no picture. */
const MOST = 40;
const ROW = 34;

/** Who can reach what: a row for each record, in the order in which the server tries them. */
export function accessPicture({ path, listens, records, refused }: AccessOverview): string {
  const shown = records.slice(0, MOST);
  const height = shown.length * ROW;
  const notes = [
    "The first record that fits a connection decides.",
    LISTENS[listens],
    refused > 0 &&
      `${plural(refused, "record")} that the server refuses ${refused === 1 ? "is" : "are"} not shown.`,
    records.length > shown.length && `The first ${MOST} of ${records.length} records are shown.`,
  ].filter(Boolean);
  const rows = shown.map((record, index) => rowOf(record, index * ROW)).join("\n");
  const keys = KEYS.map(([name, words]) => `<span class="key ${name}"></span>${words}`).join(" ");
  const picture = `<svg viewBox="-1 0 802 ${height}" role="img" aria-label="Who can reach which databases, and how">\n${rows}\n</svg>`;
  return `<section class="picture"><h2>Who can reach what</h2>
<p class="quiet">${escaped(path)}. ${notes.join(" ")}</p>
${shown.length > 0 ? picture : ""}
<p class="keys">${keys}</p>
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

/** The farther away, the farther left a client stands. */
const FROM = { everywhere: 0, network: 20, host: 40, loopback: 60, socket: 80 } as const;

function rowOf(record: AccessRecord, top: number): string {
  const { reach, origin, users, databases, method, strength, line, encryption } = record;
  const left = FROM[reach];
  const middle = top + ROW / 2;
  const start = left + 190;
  const words = `${users === "all" ? "anybody" : users} · ${method}${method === "reject" ? "" : ENCRYPTION[encryption]}`;
  const into = databases === "all" ? "all databases" : databases;
  const y = `y="${top + 4}" height="${ROW - 8}" rx="6"`;
  return `<g class="${strength}"><title>${escaped(`line ${line}: ${origin}, ${words}, ${into}`)}</title>
<rect class="from ${reach}" x="${left}" width="190" ${y}/><text x="${left + 10}" y="${middle + 4}">${fit(origin, 26)}</text>
<path d="M${start} ${middle}H590"/><path class="head" d="M${strength === "rejected" ? "586 -6v12" : "590 -5l9 5l-9 5z"}" transform="translate(0 ${middle})"/>
<text class="label" x="${start + 8}" y="${middle - 4}">${fit(words, 52)}</text>
<rect class="to" x="600" width="200" ${y}/><text x="610" y="${middle + 4}">${fit(into, 27)}</text></g>`;
}

const ENCRYPTION = {
  always: " · encrypted",
  never: " · in clear",
  either: " · clear or encrypted",
  needless: "",
  impossible: " · never, as ssl is off",
} as const;

const fit = (text: string, most: number) => escaped(shorten(text, most));
