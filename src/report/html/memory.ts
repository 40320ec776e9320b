import type { MemoryOverview } from "../../api/overview.ts";
import { roughBytes } from "../../host/bytes.ts";
import { fromWhere } from "../summary.ts";
import { escaped } from "../xml.ts";

const WIDTH = 800;
const HEIGHT = 44;

/** The host's memory as a bar: what the settings may take of it, and what is left for the file cache. */
export function memoryPicture({ total, from, parts }: MemoryOverview): string {
  const taken = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const left = total - taken;
  const scale = WIDTH / Math.max(total, taken);
  let at = 0;
  const bars = parts.map(({ name, bytes }, index) => {
    const x = at;
    at += bytes * scale;
    return `<rect class="m${index}" x="${round(x)}" y="0" width="${round(bytes * scale)}" height="${HEIGHT}"><title>${escaped(name)}: ${roughBytes(bytes)}</title></rect>`;
  });
  const end = round(total * scale);
  const limit = `<line class="limit" x1="${end}" x2="${end}" y1="-6" y2="${HEIGHT + 6}"/>`;
  const legend = parts.map(
    ({ name, bytes, arithmetic }, index) =>
      `<tr><td><span class="key m${index}"></span>${escaped(name)}</td><td class="number">${roughBytes(bytes)}</td><td class="quiet">${escaped(arithmetic)}</td></tr>`,
  );
  const rest =
    left >= 0
      ? `<tr><td><span class="key rest"></span>Left for the file cache and the system</td><td class="number">${roughBytes(left)}</td><td></td></tr>`
      : `<tr class="over"><td><span class="key limit"></span>More than there is</td><td class="number">${roughBytes(-left)}</td><td>A busy hour ends in swapping, or the kernel ends the server.</td></tr>`;
  return `<section class="picture"><h2>Memory</h2>
<p class="quiet">${roughBytes(total)} of memory (${escaped(fromWhere(from))}), when every session sorts at once; a query with several sorts or hashes takes more.</p>
<svg viewBox="-2 -8 ${WIDTH + 4} ${HEIGHT + 16}" role="img" aria-label="${escaped(roughBytes(taken))} of ${roughBytes(total)} may be taken"><rect class="rest" x="0" y="0" width="${WIDTH}" height="${HEIGHT}"/>${bars.join("")}${limit}</svg>
<table class="legend"><tbody>${legend.join("")}${rest}</tbody></table>
</section>`;
}

const round = (number: number) => Math.round(number * 10) / 10;
