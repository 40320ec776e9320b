import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The licences of every package of which a line is in the bundles, for dist/THIRD-PARTY-LICENSES. */
export function licencesOf(modules) {
  const folders = new Set();
  for (const path of modules) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
    if (folder) folders.add(folder);
  }
  return [...folders]
    .sort()
    .map((folder) => licenceOf(folder))
    .join("\n");
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : "";
  if (text === "") throw new Error(`${name} comes without the text of its licence (${license})`);
  return `${name} ${version} (${license})\n\n${text.replace(/^/gm, "    ")}\n`;
}
