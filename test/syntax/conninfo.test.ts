import { describe, expect, test } from "vitest";
import { readConninfo } from "../../src/syntax/conninfo.ts";

const pairs = (text: string) =>
  Object.fromEntries(readConninfo(text).pairs.map(({ keyword, value }) => [keyword, value]));

describe("keyword = value", () => {
  test.each([
    ["host=a port=5432", { host: "a", port: "5432" }],
    ["host = a\tport\n=\n5432", { host: "a", port: "5432" }],
    ["password='it\\'s a b' user=x\\ y", { password: "it's a b", user: "x y" }],
    ["host= port=5432", { host: "port=5432" }],
    ["", {}],
  ])("%j", (text, expected) => expect(pairs(text)).toEqual(expected));

  test.each([
    ["garbage", 'missing "=" after "garbage" in connection info string'],
    ["host=a b", 'missing "=" after "b" in connection info string'],
    ["password='open", "unterminated quoted string in connection info string"],
    ["hostt=a", 'invalid connection option "hostt"'],
  ])("%j: %s", (text, message) => expect(readConninfo(text).error?.message).toBe(message));
});

describe("URLs", () => {
  test("one host, several hosts, parameters", () => {
    expect(pairs("postgresql://bob:s3cret@db:5433/shop?sslmode=require")).toEqual({
      user: "bob",
      password: "s3cret",
      host: "db",
      port: "5433",
      dbname: "shop",
      sslmode: "require",
    });
    expect(pairs("postgres://a:1,b:2/shop")).toEqual({ host: "a,b", port: "1,2", dbname: "shop" });
  });

  test("a certificate is named, and no file is opened", () => {
    expect(pairs("postgres://db/shop?sslrootcert=/etc/hostname")).toMatchObject({
      sslrootcert: "/etc/hostname",
    });
  });

  test("an unknown parameter is an error", () => {
    expect(readConninfo("postgres://db/?nope=1").error?.message).toBe('invalid URI query parameter: "nope"');
  });

  test("passwords are marked", () => {
    const secrets = readConninfo("postgres://bob:s3cret@db").pairs.filter(({ secret }) => secret);
    expect(secrets.map(({ keyword }) => keyword)).toEqual(["password"]);
  });
});
