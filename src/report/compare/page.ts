import { prose, tableCode } from "../markdown-text.ts";
import type { Paint } from "../paint.ts";
import { printable } from "../printable.ts";
import { table } from "../table.ts";

/** What is said under one title. */
export interface Section {
  readonly title: string;
  readonly tone: "bad" | "drift" | "expected";
  /** The head first; none where there is nothing to line up. */
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly string[];
}

/** Drift as people read it, in whatever format. */
export interface Page {
  /** What is compared with what, in columns. */
  readonly about: readonly (readonly string[])[];
  readonly sections: readonly Section[];
  readonly summary: string;
}

const clean = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(printable));

export function pageAsText({ about, sections, summary }: Page, paint?: Paint): string {
  const tones = { bad: paint?.error, drift: paint?.warning, expected: paint?.info };
  const blocks = sections.map(({ title, tone, rows, lines }) => {
    const body = [...table(clean(rows)).split("\n").filter(Boolean), ...lines.map(printable)];
    return `${tones[tone]?.(title) ?? title}\n${body.map((line) => `  ${line}\n`).join("")}`;
  });
  return [table(clean(about)), ...blocks, `${paint?.strong(summary) ?? summary}\n`]
    .filter(Boolean)
    .join("\n");
}

export function pageAsMarkdown({ about, sections, summary }: Page): string {
  const intro = about.map((cells) => `- ${cells.filter(Boolean).map(prose).join(" ")}\n`).join("");
  const blocks = sections.map(({ title, rows, lines }) => {
    const [head, ...rest] = rows;
    const bar = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
    const body = head
      ? bar(head.map(prose)) + bar(head.map(() => "---")) + rest.map((row) => bar(row.map(cell))).join("")
      : "";
    const said = lines.map((line) => `- ${prose(line)}\n`).join("");
    return `#### ${prose(title)}\n\n${[body, said].filter(Boolean).join("\n")}`;
  });
  return [`### ${prose(summary)}\n`, intro, ...blocks].filter(Boolean).join("\n");
}

const cell = (text: string) => (text === "" ? "" : tableCode(text));
