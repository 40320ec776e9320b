/**
 * JSON for a file or a terminal: control and format characters, which JSON would have as they are, are written by
 * their number. The text means the same.
 */
export const jsonText = (value: unknown): string => printed(JSON.stringify(value, null, 2));

/** The same in one line. */
export const jsonLine = (value: unknown): string => printed(JSON.stringify(value));

function printed(text: string): string {
  return `${text.replace(/[^\n\P{C}]|[\p{Zl}\p{Zp}]/gu, byNumber)}\n`;
}

const byNumber = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16);
    return `\\u${unit.padStart(4, "0")}`;
  }).join("");
