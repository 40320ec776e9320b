import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printConf, readConf } from "../../src/syntax/postgresql-conf.ts";
import { sourceOf } from "../../src/text/source.ts";

const read = (text: string | Uint8Array) => readConf(sourceOf("postgresql.conf", text));
const settings = (text: string | Uint8Array) => read(text).entries.map(({ name, value }) => [name, value]);
const errors = (text: string) => read(text).errors.map(({ token, reportedLine }) => [token, reportedLine]);

describe("values", () => {
  test.each([
    ["port = 5433", "5433"],
    ["port 5433", "5433"],
    ["port=5433#c", "5433"],
    ["port'5433'", "5433"],
    ["a = 'it''s'", "it's"],
    ["a = 'it\\'s'", "it's"],
    ["a = 'tab\\tand\\nnewline'", "tab\tand\nnewline"],
    ["a = 'C:\\data'", "C:data"],
    ["a = '\\101\\60'", "A0"],
    ["a = '\\x41'", "x41"],
    ["a = 'caf\\303\\251'", "café"],
    ["a = 'cut\\0here'", "cut"],
    ["a = db-1.example.com", "db-1.example.com"],
    ["a = Europe/Berlin", "Europe/Berlin"],
    ["a = -0x1Fkb", "-0x1Fkb"],
    ["a = 1.5e-3", "1.5e-3"],
    ["a = .", "."],
    ["a = grün", "grün"],
    ["a = 5\r", "5"],
  ])("%j", (line, value) => expect(settings(`${line}\n`)[0]?.[1]).toBe(value));
});

describe("what the server stumbles over", () => {
  test.each([
    ["a = en_US.utf8", "en_US.utf8"],
    ["a = 127.0.0.1", ".0"],
    ["a = 1.5GB", "GB"],
    ["a = 1e3", "3"],
    ["a = 0X10", "10"],
    ["a = x, y", ","],
    ["a = = 5", "="],
    ["'a' = 1", "'a'"],
    ["a.b.c = 1", "a.b.c"],
    ["a = /x", "/"],
    ['a = "5"', '"'],
    ["a = 'open", "'"],
    ["a = 'C:\\'", "'"],
    ["a-b = 1", "a-b"],
    ["a = 4MB\0", ""],
  ])("%j at %j", (line, token) => expect(errors(`${line}\n`)).toEqual([[token, 1]]));

  test("the end of a line has the line's own number, the end of a file the one before", () => {
    expect(errors("a\n")).toEqual([[null, 1]]);
    expect(errors("a =")).toEqual([[null, 0]]);
  });

  test("a line goes wrong once, and the next is read again", () => {
    expect(errors("a b c d e\nport = 5433\n= = =\n")).toEqual([
      ["c", 1],
      ["=", 3],
    ]);
    expect(settings("a b c d e\nport = 5433\n")).toEqual([["port", "5433"]]);
  });

  test("a string cannot span lines", () => {
    expect(errors("a = 'x\\\ny'\n")).toEqual([
      ["'", 1],
      ["'", 2],
    ]);
  });

  test("after 100 errors the rest of the file is left alone", () => {
    const document = read(`${"? ?\n".repeat(150)}port = 5433\n`);
    expect([document.errors.length, document.abandoned, document.entries.length]).toEqual([100, true, 0]);
  });
});

test("bytes that are not UTF-8 stay what they are", () => {
  const bytes = Uint8Array.from([...Buffer.from("a = caf"), 0xe9, 0x0a]);
  const document = read(bytes);
  expect(document.source.encoding).toBe("latin1");
  expect(Buffer.from(printConf(document), "latin1")).toEqual(Buffer.from(bytes));
  expect(document.entries[0]?.value).toBe("caf\u00e9");
});

test("a byte order mark belongs to the first word", () => {
  expect(settings(Buffer.from("\ufeffport = 5433\n"))).toEqual([["\ufeffport", "5433"]]);
});

test("any text is read without an exception and printed back as it was", () => {
  const piece = fc.constantFrom(
    "port",
    "=",
    " ",
    "'",
    "''",
    "\\",
    "#",
    "\n",
    "\r\n",
    "\t",
    "1.5",
    "GB",
    ".",
    "-",
    "include",
    '"',
    "\0",
    "é",
    "\\0",
    "0x",
  );
  const text = fc.oneof(
    fc.array(piece).map((pieces) => pieces.join("")),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(text, (any) => {
      const document = read(any);
      expect(printConf(document)).toBe(any);
      for (const { name, nameSpan } of document.entries)
        expect(any.slice(nameSpan.start, nameSpan.end)).toBe(name);
    }),
    { numRuns: 2000 },
  );
});
