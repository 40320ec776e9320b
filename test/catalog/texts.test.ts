import { expect, it } from "vitest";
import { settingsOf } from "../../src/catalog/postgres.ts";
import { settingText } from "../../src/catalog/texts.ts";
import { MAJORS } from "../../src/catalog/version.ts";

it("says what a setting is, in the server's words", async () => {
  expect(await settingText("work_mem")).toMatchObject({
    short: "Sets the maximum memory to be used for query workspaces.",
    extra: expect.stringContaining("temporary disk files"),
  });
  expect(await settingText("banana")).toBeUndefined();
});

it("says something about every setting of every version", async () => {
  const names = new Set(
    MAJORS.flatMap((major) => settingsOf({ major, minor: null }).map(({ name }) => name)),
  );
  for (const name of names) expect((await settingText(name))?.short, name).toMatch(/\S/);
});
