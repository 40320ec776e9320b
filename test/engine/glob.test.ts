import fc from "fast-check";
import { expect, test } from "vitest";
import { globMatcher } from "../../src/engine/glob.ts";

test.each([
  ["standby/**", "a/standby/postgresql.conf", true],
  ["standby/**", "standby.d/postgresql.conf", false],
  ["*.conf", "conf.d/a.conf", true],
  ["conf.d/*.conf", "conf.d/b/a.conf", false],
  ["/conf.d/*", "a/conf.d/b", false],
  ["**/b/?.conf", "b/a.conf", true],
  ["a/**/b", "a/b", true],
  ["a/**/b", "a/x/y/b", true],
  ["a/**/b", "a/xb", false],
  ["a.conf", "aXconf", false],
  ["(a+)+$", "(a+)+$", true],
])("%s fits %s: %s", (glob, path, fits) => {
  expect(globMatcher(glob).test(path)).toBe(fits);
});

/** The same as a regular expression, which is slow where it has to go back. */
function expression(glob: string): RegExp {
  const pattern = glob.replaceAll(/\*\*\/?|\*|\?/g, (wild) =>
    wild.startsWith("**") ? (wild.endsWith("/") ? "(?:.*/)?" : ".*") : `[^/]${wild === "*" ? "*" : ""}`,
  );
  return new RegExp(`${glob.startsWith("/") ? "^" : "(?:^|/)"}${pattern}$`);
}

test("it says what the regular expression would", () => {
  const text = (letters: string) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((all) => all.join(""));
  fc.assert(
    fc.property(text("ab/*?"), text("ab/"), (glob, path) => {
      expect(globMatcher(glob).test(path)).toBe(expression(glob).test(path));
    }),
    { numRuns: 5000 },
  );
});
