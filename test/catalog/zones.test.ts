import { expect, it } from "vitest";
import { encodingName } from "../../src/catalog/encodings.ts";
import { hasAbbreviationSet, hasZone } from "../../src/catalog/zones.ts";

const newest = { major: 18, minor: null };

it.each(["Europe/Paris", "europe/paris", "UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "EST5EDT"])(
  "has the time zone %s",
  (name) => {
    expect(hasZone(newest, name)).toBe(true);
  },
);

it.each([
  "Europe",
  "Europe/",
  "/UTC",
  "Paris",
  "Europe/Pariss",
  "",
  "posixrules",
  "constructor",
  "Asia/To\u212Ayo",
])("has no time zone %j", (name) => {
  expect(hasZone(newest, name)).toBe(false);
});

it("knows which zones are younger than a version, or gone", () => {
  expect(hasZone({ major: 10, minor: null }, "America/Ciudad_Juarez")).toBe(false);
  expect(hasZone({ major: 11, minor: null }, "America/Ciudad_Juarez")).toBe(true);
  expect(hasZone({ major: 12, minor: null }, "posixrules")).toBe(true);
});

it("finds the sets of abbreviations as files: capitals count", () => {
  expect(["Default", "Australia", "India", "default", "Africa"].map(hasAbbreviationSet)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

it.each([
  ["utf8", "UTF8"],
  ["UTF-8", "UTF8"],
  ["unicode", "UTF8"],
  ["Latin 1", "LATIN1"],
  ["iso-8859-15", "LATIN9"],
  ["windows-1252", "WIN1252"],
  ["SQL_ASCII", "SQL_ASCII"],
])("reads the encoding %s as %s", (written, reported) => {
  expect(encodingName(written)).toBe(reported);
});

it.each(["utf16", "latin11", "", "--", "constructor"])("has no encoding %j", (name) => {
  expect(encodingName(name)).toBeUndefined();
});
