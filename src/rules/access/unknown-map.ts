import type { IdentFile } from "../../cluster/ident.ts";
import { defineRule } from "../../engine/rule.ts";
import { withOptions } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/unknown-map",
  title: "a user map that pg_ident.conf does not have",
  severity: "warning",
  controls: ["A16"],
  docs: () => ({
    why: "The server loads the record without a word, and then turns away everyone who matches it: no match in usermap. It is noticed by whoever cannot log in, often the administrator on the local socket.",
    fix: "Write records for the map in pg_ident.conf, or the name of a map that is there.",
    traps:
      "Names of maps are case-sensitive. Without map= the two names must be equal; map= with nothing behind it is the same.",
    leave: "Where a part of pg_ident.conf is written on the server and was not given here.",
    see: [pgDocs("auth-username-maps")],
  }),
  *check(cluster) {
    const { ident } = cluster;
    if (!ident || ident.problems.length > 0) return;
    const maps = mapsOf(ident);
    for (const { line } of withOptions(cluster)) {
      const option = line.options.findLast(({ name }) => name === "map");
      if (!option || option.value === "" || maps.has(option.value)) continue;
      const other = [...maps].find((map) => map.toLowerCase() === option.value.toLowerCase());
      yield {
        place: option.token.place,
        message: `${ident.source.path} has no map "${option.value}"${other === undefined ? "" : `, only "${other}"`}, so nobody logs in by this record.`,
        current: option.value,
        ...(other !== undefined && {
          suggested: `map=${other}`,
          fix: {
            title: `Write map=${other}`,
            safe: false,
            edits: [
              { place: option.token.place, text: /\s/.test(other) ? `"map=${other}"` : `map=${other}` },
            ],
          },
        }),
        apply: "reload",
      };
    }
  },
});

const mapsOf = ({ lines }: IdentFile) => new Set(lines.map(({ map }) => map.text));
