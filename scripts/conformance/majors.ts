import { MAJORS } from "../../src/catalog/version.ts";

/** "10-18", "14", "10,13" or "10,14-16"; a word that names no release is a mistake, and not a run without any. */
export function majorsIn(words: string): readonly number[] {
  const named = words.split(",").flatMap((word) => {
    const [first, last = first] = word.split("-").map(Number);
    const range = MAJORS.filter(
      (major) => first !== undefined && last !== undefined && major >= first && major <= last,
    );
    if (range.length === 0)
      throw new Error(`--majors ${words}: "${word}" names none of ${MAJORS.join(", ")}`);
    return range;
  });
  return MAJORS.filter((major) => named.includes(major));
}
