import { expect, test } from "vitest";
import { effectiveSettings, lint } from "../../src/index.ts";

function verdict(time: string, postgres = "18", before = ""): string {
  const files = [{ path: "postgresql.conf", text: `${before}recovery_target_time = '${time}'\n` }];
  const { findings } = lint({ files, target: { postgres } });
  const refused = findings.find(({ server }) => server?.effect === "refuses");
  return refused?.server ? (refused.server.detail ?? refused.server.message) : "accepted";
}

test.each([
  "2026-11-21 14:00:00+01",
  "2026-11-21T14:00:00.5-08:30",
  "20261121T140000",
  "21-Nov-2026 2:00 PM",
  "Nov 21 2026 14:00 Europe/Berlin",
  "2024-366",
  "J2461366",
  "4714-11-24 BC",
])("a recovery can end at %s", (time) => {
  expect(verdict(time)).toBe("accepted");
});

test.each([
  "2026-02-29",
  "2026-11-21 25:00",
  "2026-11-21 14:00+16",
  "21/11/2026",
  "infinity",
  "2026-11-21 14:00 CEST",
  "x",
])("%s is no time to end a recovery at", (time) => {
  expect(verdict(time)).toBe(`invalid value for parameter "recovery_target_time": "${time}"`);
});

test("the order of DateStyle decides what a number of a date is", () => {
  expect(verdict("21/11/2026", "18", "DateStyle = 'iso, dmy'\n")).toBe("accepted");
});

test("a year that no timestamp can hold is told as such", () => {
  expect(verdict("294277-01-01")).toBe('Timestamp out of range: "294277-01-01".');
});

test("up to 15 an unknown zone with a sign in it is an error of its own", () => {
  expect(verdict("2026-11-21 14:00 Middle/Earth", "15")).toBe('time zone "middle/earth" not recognized');
});

test("default in DateStyle stands for what no other word of the list says", () => {
  const files = [{ path: "postgresql.conf", text: "datestyle = german\nDateStyle = 'default, sql'\n" }];
  const settings = effectiveSettings({ files, target: { postgres: "18" } });
  expect(settings.find(({ name }) => name === "DateStyle")?.base).toBe("SQL, DMY");
});
