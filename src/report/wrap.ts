/** A text in lines of at most `width` columns. */
export function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** A paragraph with two blanks in front of each line. */
export const wrap = (text: string, width = 96): string =>
  linesOf(text, width - 2)
    .map((line) => `  ${line}`)
    .join("\n");
