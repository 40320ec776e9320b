import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../../src/node/host/machine.ts";
import { root } from "./fixtures.ts";

/** What a machine.txt says of a machine. */
export interface RecordedMachine {
  readonly machine: Machine;
  readonly data: string | undefined;
}

/**
 * Reads fixtures/hosts/NAME/machine.txt: `--- PATH` with a file's lines below it, `--- PATH -> PATH` for a link, and
 * `--- statfs PATH SIZE FREE`. One file, as names with a colon and links do not survive on every system.
 */
export function recorded(name: string): RecordedMachine {
  const text = readFileSync(join(root, "fixtures/hosts", name, "machine.txt"), "utf8");
  const [head = "", ...parts] = text.split(/^--- /m);
  return { machine: machineOf(parts), data: /^data (.*)$/m.exec(head)?.[1] };
}

/** A Linux machine of such parts. */
export function machineOf(parts: readonly string[], platform = "linux"): Machine {
  const files = new Map<string, string>();
  const links = new Map<string, string>();
  const spaces = new Map<string, { size: number; free: number }>();
  for (const part of parts) {
    const [head = "", ...lines] = part.split("\n");
    const [, from, to] = /^(\/.*) -> (\/.*)$/.exec(head) ?? [];
    const [, path, size, free] = /^statfs (\/.*) (\d+) (\d+)$/.exec(head) ?? [];
    if (from !== undefined && to !== undefined) links.set(from, to);
    else if (path !== undefined) spaces.set(path, { size: Number(size), free: Number(free) });
    else files.set(head, lines.join("\n"));
  }
  const names = [...files.keys(), ...links.keys(), ...spaces.keys()];
  const behindLinks = (path: string, left = 40): string | undefined => {
    for (let at = path.indexOf("/", 1); ; at = path.indexOf("/", at + 1)) {
      const end = at < 0 ? path.length : at;
      const target = links.get(path.slice(0, end));
      if (target !== undefined) return left > 0 ? behindLinks(target + path.slice(end), left - 1) : undefined;
      if (at < 0) return path;
    }
  };
  const real = (path: string) => {
    const found = behindLinks(path);
    return names.some((name) => name === found || name.startsWith(`${found}/`)) ? found : undefined;
  };
  return {
    platform,
    memory: 0,
    processors: 1,
    readText: (path) => files.get(behindLinks(path) ?? ""),
    list(directory) {
      const above = `${behindLinks(directory)}/`;
      const below = names.filter((name) => name.startsWith(above)).map((name) => name.slice(above.length));
      return [...new Set(below.map((name) => name.split("/")[0] ?? ""))];
    },
    real,
    statfs: (path) => spaces.get(real(path) ?? path),
  };
}
