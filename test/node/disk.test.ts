import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { openDisk, readRegularFile } from "../../src/node/disk.ts";
import { tree } from "../support/tree.ts";

/** Called between the first look at a file and the last, as another process might. */
const meanwhile = vi.hoisted(() => ({ happens: () => {} }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readSync = (...args: Parameters<typeof fs.readSync>) => {
    const count = fs.readSync(...args);
    meanwhile.happens();
    return count;
  };
  return { ...fs, readSync };
});

describe("a file that cannot be read is told in the system's words", () => {
  test("missing", () => expect(readRegularFile("/nowhere/at.all")).toBe("No such file or directory"));
  test("a directory", () => expect(readRegularFile("/")).toBe("Is a directory"));
  test("a device", () => expect(readRegularFile("/dev/zero")).toBe("not a regular file"));
  test("below a file", () => expect(readRegularFile("/etc/passwd/x")).toBe("Not a directory"));
  test("a name with a NUL byte", () => expect(readRegularFile("/a\0b")).toBe("No such file or directory"));
  test("a name that is too long", () =>
    expect(readRegularFile(`/${"x".repeat(300)}`)).toBe("File name too long"));
  test("a link to itself", () => {
    const folder = tree({});
    symlinkSync("loop", join(folder, "loop"));
    expect(readRegularFile(join(folder, "loop"))).toBe("Too many levels of symbolic links");
  });
  test("a pipe that nobody writes to does not make it wait", () => {
    const folder = tree({});
    execFileSync("mkfifo", [join(folder, "pipe")]);
    expect(readRegularFile(join(folder, "pipe"))).toBe("not a regular file");
  });
  test("a file of more than 64 MB", () => {
    const folder = tree({ "dump.sql": "" });
    truncateSync(join(folder, "dump.sql"), 64 * 1024 * 1024 + 1);
    expect(readRegularFile(join(folder, "dump.sql"))).toBe(
      "larger than 64 MB, which is no configuration file",
    );
  });
});

test.each([
  ["grows", "port = 5432\nfsync = on\n"],
  ["shrinks", "p"],
  ["is written anew, as long as before", "port = 5433\n"],
])("a file that %s while it is read is not judged by halves", async (_what, later) => {
  const path = join(tree({ "postgresql.conf": "port = 5432\n" }), "postgresql.conf");
  await new Promise((done) => setTimeout(done, 10));
  meanwhile.happens = () => {
    meanwhile.happens = () => {};
    writeFileSync(path, later);
  };
  expect(readRegularFile(path)).toBe("changed while it was read; try again");
});

describe("the disk of a run", () => {
  test("names files as they were asked for, and reads each once", () => {
    const cwd = tree({ "conf/a.conf": "port = 1\n" });
    const disk = openDisk(cwd);
    const source = disk.read("./conf/a.conf");
    expect(source).toMatchObject({ path: "./conf/a.conf", text: "port = 1\n" });
    writeFileSync(join(cwd, "conf/a.conf"), "port = 2\n");
    expect(disk.read("conf/a.conf")).toBe(source);
  });

  test("keeps the bytes of a file that is not UTF-8, one character a byte", () => {
    const disk = openDisk(tree({ "a.conf": Uint8Array.of(0x61, 0xe9, 0x0a) }));
    expect(disk.read("a.conf")).toEqual({ path: "a.conf", text: "a\u00e9\n", encoding: "latin1" });
  });

  test("lists the files of a directory in byte order, links to files among them", () => {
    const cwd = tree({ "conf.d/b.conf": "", "conf.d/B.conf": "", "conf.d/sub/x.conf": "", "a.conf": "" });
    symlinkSync("../a.conf", join(cwd, "conf.d/link.conf"));
    symlinkSync("nowhere", join(cwd, "conf.d/dangling.conf"));
    symlinkSync("self", join(cwd, "conf.d/self"));
    symlinkSync("sub", join(cwd, "conf.d/folder"));
    expect(openDisk(cwd).list("conf.d")).toEqual(
      ["B.conf", "b.conf", "dangling.conf", "link.conf", "self"].map((name) => `conf.d/${name}`),
    );
    expect(openDisk(cwd).list("nowhere")).toBeUndefined();
    expect(openDisk(cwd).list("a.conf")).toBeUndefined();
  });

  test("tells what is there without reading it", () => {
    const cwd = tree({ "a.conf": "" });
    mkdirSync(join(cwd, "sub"));
    const disk = openDisk(cwd);
    expect([disk.has("a.conf"), disk.has("sub"), disk.has("b.conf"), disk.has("")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([disk.look("a.conf"), disk.look("sub")]).toEqual([{ directory: false }, { directory: true }]);
    expect(disk.look("x".repeat(5000))).toBe("File name too long");
  });

  test("standard input stands in for the file of its name", () => {
    const cwd = tree({ "pg_hba.conf": "old\n" });
    const disk = openDisk(cwd, { path: "pg_hba.conf", bytes: new TextEncoder().encode("new\n") });
    expect(disk.read("./pg_hba.conf")).toMatchObject({ text: "new\n" });
    expect(openDisk(cwd, { path: "new.conf", bytes: new Uint8Array() }).look("new.conf")).toEqual({
      directory: false,
    });
  });
});
