// Stamps this release into templates/, and writes them where they are shown: into the guide, and for `init`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TOOL } from "../../src/api/tool.ts";
import { root, write } from "./output.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

const texts = new Map(
  readdirSync(join(root, "templates"))
    .sort()
    .map((name) => [name, stamped(read(`templates/${name}`))]),
);
for (const [name, text] of texts) write(`templates/${name}`, text);
write("src/cli/init/templates.json", `${JSON.stringify(Object.fromEntries(texts), null, 2)}\n`);
for (const page of readdirSync(join(root, "docs/guide"))) {
  const path = `docs/guide/${page}`;
  write(path, filled(read(path)));
}

/** `pgconflint@0.1.0` from npm, `pgconflint@v0.1.0` as an action, `rev: v0.1.0` for pre-commit, `/v0.1.0/` in a URL. */
function stamped(text: string): string {
  return text.replace(/((?:pgconflint[@/]|rev: )v?)\d+\.\d+\.\d+(?:-[\w.]+)?/g, `$1${TOOL.version}`);
}

/** The code block behind `<!-- templates/NAME -->` is that template; the release is stamped elsewhere as well. */
function filled(page: string): string {
  return stamped(page).replace(
    /(<!-- templates\/(\S+) -->\n+```\w*\n)[\s\S]*?(?=^```$)/gm,
    (_, head: string, name: string) => {
      const text = texts.get(name);
      if (text === undefined) throw new Error(`there is no templates/${name}`);
      return head + text;
    },
  );
}
