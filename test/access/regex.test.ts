import { describe, expect, test } from "vitest";
import { firstCapture, found } from "../../src/access/regex-search.ts";
import { type RegexNode, regexTree } from "../../src/access/regex-tree.ts";

function tree(expression: string): RegexNode {
  const its = regexTree(expression);
  if ("beyond" in its) throw new Error(its.beyond);
  return its;
}

describe("an expression is PostgreSQL's, not JavaScript's", () => {
  test.each([
    ["b$", "b\n", false],
    ["^b", "a\nb", false],
    ["a.b", "a\nb", true],
    ["\\Aab\\Z", "ab", true],
    ["\\mb", "a b", true],
    ["\\mb", "ab", false],
    ["[[:<:]]b[[:>:]]", "a b c", true],
    ["\\yb\\y", "abc", false],
    ["\\bx", "\bx", true],
    ["\\Bx", "\\x", true],
    ["{x", "{x", true],
    ["a{2,3}$", "baa", true],
    ["^[]a]+$", "a]", true],
    ["^[^]a]", "]", false],
    ["[[:alpha:]_]{3}", "a1_", false],
    ["\\w", "\u00e9", false],
    ["\\s", "\u00a0", false],
    ["(?i)ÉA", "Éa", true],
    ["(?i)É", "é", false],
    ["(?i)[^a]", "A", false],
    ["***=a.b", "a.b", true],
    ["***=a.b", "axb", false],
    ["(?q)(", "(", true],
    ["***:(?i)A", "a", true],
    ["(?=ab)a", "ab", true],
    ["a(?!b)", "ab", false],
    ["(?<=a)b", "ab", true],
    ["(?<!a)b", "ab", false],
    ["(a|)b|c", "xb", true],
    ["", "", true],
    ["(((a?){99}){99}){99}$", "aaaaab", true],
  ])("/%s in %j: %s", (expression, name, is) => {
    expect(found(tree(expression), name)).toBe(is);
  });
});

test.each([
  ["(a)\\1", "the back reference \\1"],
  ["(?x)a b", "the option (?x)"],
  ["a(?#b)", "a comment"],
  ["\\u00e9", "the escape \\u"],
  ["[é-è]", "a range of more than single bytes"],
  ["[\\W]", "\\W in brackets"],
  ["(?:a", "parentheses that do not close"],
  ["[a", "brackets that do not close"],
  ["a)b", 'what begins with ")b"'],
])("/%s is left to the server: %s", (expression, beyond) => {
  expect(regexTree(expression)).toEqual({ beyond });
});

test.each([
  ["^(.*)@x$", "bob@x", "bob"],
  ["^(.*)@", "a@b@c", "a@b"],
  ["([a-z]+)", "bob1", "bob"],
  ["^([^@]*)@(.*)$", "a@b@c", "a"],
  ["a|(b)", "a", null],
  ["(b*)", "abb", ""],
  ["b", "abb", null],
  // Where there are several ways to read it, which one counts is the server's to say.
  ["^(.*)(.*)$", "ab", undefined],
  ["^(.*?)", "ab", undefined],
  ["(a|b)*", "ab", undefined],
])("the first group of /%s in %s is %s", (expression, name, captured) => {
  expect(firstCapture(tree(expression), name)).toBe(captured);
});

test("ten thousand parentheses in each other are left to the server", () => {
  const expression = `${"(".repeat(10_000)}a${")".repeat(10_000)}`;
  expect(regexTree(expression)).toEqual({ beyond: "such a depth of parentheses" });
});
