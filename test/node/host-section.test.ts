import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HostInput, hostFrom } from "../../src/host/facts.ts";
import { parseConfig } from "../../src/node/config.ts";
import { withHostSection } from "../../src/node/host-section.ts";

const GB = 1024 ** 3;
const HOST: HostInput = { memory: 8 * GB, cpus: 0.5, disk: "ssd", container: false };
const saved = (text: string, host = HOST) => withHostSection(text, hostFrom(host, "here")).text;
const ALL = "memory = 8GB\ncpus = 0.5\ndisk = ssd\ncontainer = no\n";

describe("facts are written to [host], and everything else stays", () => {
  test.each([
    ["a file that is not there yet", "", `[host]\n${ALL}`],
    ["no section", "[target]\npostgres = 17\n", `[target]\npostgres = 17\n\n[host]\n${ALL}`],
    [
      "no section, and no last newline",
      "[target]\npostgres = 17",
      `[target]\npostgres = 17\n\n[host]\n${ALL}`,
    ],
    ["an empty section", "[host]\n\n[check]\nprofile = cis\n", `[host]\n${ALL}\n[check]\nprofile = cis\n`],
    [
      "keys, comments and blanks",
      "; ours\n\n[host]\n# from the ticket\n  memory=4GB ; was 2GB\n\tshare = 50%\n\n; end\n[target]\nmemory\n",
      "; ours\n\n[host]\n# from the ticket\n  memory=8GB ; was 2GB\n\tshare = 50%\n\tcpus = 0.5\n\tdisk = ssd\n\tcontainer = no\n\n; end\n[target]\nmemory\n",
    ],
    [
      "Windows' line ends and a byte order mark",
      "\ufeff[host]\r\ncpus=4\r\n[check]\r\nfail_on=info\r\n",
      "\ufeff[host]\r\ncpus=0.5\r\nmemory=8GB\r\ndisk=ssd\r\ncontainer=no\r\n[check]\r\nfail_on=info\r\n",
    ],
    ["the same in other words", "[host]\nmemory = 8Gi\ncpus = 500m\ndisk = ssd\ncontainer = no", undefined],
    ["no last newline behind a key", "[host]\nmemory = 8GB", `[host]\n${ALL}`],
    ["a key of the same name elsewhere", "[workload]\ndisk = 1\n", `[workload]\ndisk = 1\n\n[host]\n${ALL}`],
  ])("%s", (_, before, after) => {
    expect(saved(before)).toBe(after ?? before);
  });

  test("what was there before is told", () => {
    const { saved: changes } = withHostSection("[host]\nmemory = 4GB\ncpus = 0.5\n", hostFrom(HOST, "here"));
    expect(changes).toEqual([
      { key: "memory", word: "8GB", before: "4GB" },
      { key: "disk", word: "ssd" },
      { key: "container", word: "no" },
    ]);
  });

  test("whatever the file says otherwise", () => {
    const lines = fc.array(
      fc.constantFrom("; x = 1", "", "  # [host]", "[target]", "[host]", "[check]", "[workload]"),
    );
    fc.assert(
      fc.property(lines, fc.constantFrom("\n", "\r\n"), fc.boolean(), (some, end, closed) => {
        const before = some.join(end) + (closed ? end : "");
        const after = saved(before);
        expect(parseConfig("x.ini", after).host).toEqual(hostFrom(HOST, "x.ini"));
        expect(saved(after)).toBe(after);
        // Without the lines that were added, and what had to close the last line, it is what it was.
        const left = after
          .split(/(?<=\n)/)
          .filter((line) => !/^(?:memory|cpus|disk|container) = /.test(line));
        expect(left.join("").startsWith(before)).toBe(true);
      }),
    );
  });
});
