import { expect, test } from "vitest";
import { changedDefaults, isForFiles, newAtWork } from "../../src/catalog/changed-defaults.ts";
import { settingIn, settingsOf } from "../../src/catalog/postgres.ts";
import { MAJORS } from "../../src/catalog/version.ts";

const release = (major: number) => ({ major, minor: null });

test.each(MAJORS.slice(1))("every default that PostgreSQL %i changed has its consequence", (major) => {
  const changed = settingsOf(release(major)).filter((setting) => {
    const before = settingIn(release(major - 1), setting.name);
    return before && before.default !== setting.default && isForFiles(setting);
  });
  const told = changedDefaults(release(major - 1), release(major)).map(({ setting }) => setting.name);
  expect(told).toEqual(changed.map(({ name }) => name));
});

test("a change on the way counts from the release that made it", () => {
  const changes = changedDefaults(release(10), release(18));
  expect(changes.find(({ setting }) => setting.name === "hash_mem_multiplier")).toBeUndefined();
  expect(changes.find(({ setting }) => setting.name === "jit")).toBeUndefined();
  expect(changes.find(({ setting }) => setting.name === "log_checkpoints")).toMatchObject({
    before: "off",
    since: 15,
  });
});

test("what is new and at work counts from the release that brought it", () => {
  expect(newAtWork(release(12), release(14)).map(({ name, since }) => `${name} ${since}`)).toEqual([
    "autovacuum_vacuum_insert_threshold 13",
    "enable_memoize 14",
    "hash_mem_multiplier 13",
    "vacuum_failsafe_age 14",
  ]);
});
