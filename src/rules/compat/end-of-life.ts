import { defineRule } from "../../engine/rule.ts";
import { absentFrom } from "../support/conf.ts";

/** When this list was last held against the policy; rules have no other clock. */
const AS_OF = "2026-11-21";
const A_YEAR_LATER = "2027-11-21";
/** The date of each major's last release, by the versioning policy. */
const LAST_RELEASE: Readonly<Record<number, string>> = {
  10: "2022-11-10",
  11: "2023-11-09",
  12: "2024-11-21",
  13: "2025-11-13",
  14: "2026-11-12",
  15: "2027-11-11",
  16: "2028-11-09",
  17: "2029-11-08",
  18: "2030-11-14",
};

export default defineRule({
  id: "compat/end-of-life",
  title: "a release of PostgreSQL that gets no more fixes",
  severity: "warning",
  controls: ["S05", "CIS 1.5", "STIG V-265871"],
  versions: { postgres: "<=15" },
  docs: () => ({
    why: "A major release gets fixes for five years. After that holes in its security and bugs that lose data are found, published, and fixed in the newer ones only.",
    fix: "Plan the upgrade: pg_upgrade takes minutes, and goes straight to the newest release. Until then run the last minor release.",
    traps:
      "Collations of the operating system change along with it: reindex text after a move to another host. Linux distributions may support their package for longer.",
    leave: "Leave it where a vendor gives fixes beyond the community's date.",
    see: [
      "https://www.postgresql.org/support/versioning/",
      "https://www.postgresql.org/docs/current/upgrading.html",
    ],
  }),
  *check({ conf, target }) {
    const { major } = target.postgres;
    const last = LAST_RELEASE[major];
    // ISO dates compare as text.
    if (!conf?.whole || last === undefined || last > A_YEAR_LATER) return;
    const over = last <= AS_OF;
    yield {
      place: absentFrom(conf),
      message: `The last release of PostgreSQL ${major} ${over ? "was" : "is"} due on ${last}; nothing is fixed after it.`,
      ...(!over && { severity: "info" as const }),
    };
  },
});
