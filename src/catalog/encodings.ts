import catalog from "./encodings.json";

let canonical: ReadonlyMap<string, string> | undefined;

/** The name that the server reports for a client encoding, which it reads in any case and with any punctuation. */
export function encodingName(name: string): string | undefined {
  canonical ??= new Map(
    Object.entries(catalog).flatMap(([reported, names]) => names.map((known) => [known, reported])),
  );
  return canonical.get(name.replace(/[^A-Za-z0-9]/g, "").toLowerCase());
}
