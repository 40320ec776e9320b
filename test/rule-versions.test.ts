import { expect, test } from "vitest";
import { MAJORS } from "../src/catalog/version.ts";
import { inRange } from "../src/engine/versions.ts";
import { rules } from "../src/rules/index.ts";
import { caseFolders, lintCase, readCase } from "./support/fixtures.ts";

const folders = caseFolders("fixtures/rules");
const POOLERS = [15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25];

/** The bad cases of a rule without the release that they declare. */
const casesOf = (id: string) =>
  folders
    .filter((folder) => folder.startsWith(`fixtures/rules/${id}/bad`))
    .map((folder) =>
      readCase(folder).map(({ path, text }) => ({
        path,
        text: text.replace(/(?:postgres|pgbouncer)=\S+/g, ""),
      })),
    );

const IS_POOLER = /^(?:pooler|cross)\/|^server\/(?:pooler|userlist)-/;

const releasesOf = ({ id, versions = {} }: (typeof rules)[number]) => {
  const { postgres, pgbouncer = IS_POOLER.test(id) ? ">=1.15" : undefined } = versions;
  if (pgbouncer !== undefined)
    return POOLERS.filter((minor) => inRange(pgbouncer, minor)).map((minor) => ({
      pgbouncer: `1.${minor}.0`,
    }));
  return MAJORS.filter((major) => postgres === undefined || inRange(postgres, major)).map((major) => ({
    postgres: String(major),
  }));
};

test.each(rules.map((rule) => [rule.id, rule] as const))(
  "%s speaks on every release that it names",
  (id, rule) => {
    const cases = casesOf(id);
    const config = { profile: rule.profiles?.[0] ?? "default", today: "2026-11-21" } as const;
    const silent = releasesOf(rule).filter(
      (target) =>
        !cases.some((files) => lintCase(files, config, target).findings.some((found) => found.rule === id)),
    );
    expect(silent).toEqual([]);
  },
);
