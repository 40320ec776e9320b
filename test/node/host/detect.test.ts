import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asTable } from "../../../src/cli/host.ts";
import { FACT_NAMES, FACTS } from "../../../src/host/facts.ts";
import { isValue } from "../../../src/host/kinds.ts";
import { parseConfig } from "../../../src/node/config.ts";
import { type Detected, detectHost, thisMachine } from "../../../src/node/host/detect.ts";
import { withHostSection } from "../../../src/node/host-section.ts";
import { root } from "../../support/fixtures.ts";
import { machineOf, recorded } from "../../support/machine.ts";

const HOSTS = join(root, "fixtures/hosts");
const GB = 1024 ** 3;

/** Whatever was found, pgconflint.ini can hold it, and reads back what it holds. */
function expectSane({ known, unknown }: Detected): void {
  for (const name of FACT_NAMES) {
    const fact = known[name];
    if (!fact) continue;
    expect(isValue<unknown>(FACTS[name], fact.value), `${name} ${fact.value}`).toBe(true);
    expect(fact.from, name).not.toBe("");
    expect(unknown, "known, and unknown").not.toHaveProperty(name);
  }
  const { text } = withHostSection("", known);
  expect(Object.keys(parseConfig("x.ini", text).host).sort()).toEqual(Object.keys(known).sort());
  expect(withHostSection(text, known)).toEqual({ text, saved: [] });
}

test.each(readdirSync(HOSTS))("%s: what is known of it, and where from", async (name) => {
  const { machine, data } = recorded(name);
  const detected = detectHost(machine, data);
  await expect(asTable(detected)).toMatchFileSnapshot(join(HOSTS, name, "expected.txt"));
  const { text } = withHostSection("", detected.known);
  await expect(text).toMatchFileSnapshot(join(HOSTS, name, "expected.ini"));
  expectSane(detected);
});

test("the machine at hand has memory and processors, and says where that is known from", () => {
  const detected = detectHost(thisMachine, root);
  const { memory, cpus, os } = detected.known;
  expect(memory?.value).toBeGreaterThan(64 * 1024 ** 2);
  expect(memory?.value).toBeLessThanOrEqual(thisMachine.memory * 1.01);
  expect(cpus?.value).toBeGreaterThan(0);
  expect(cpus?.value).toBeLessThanOrEqual(4096);
  const systems = new Map<string, string>([
    ["linux", "linux"],
    ["darwin", "macos"],
    ["win32", "windows"],
  ]);
  expect(os?.value).toBe(systems.get(process.platform));
  expectSane(detected);
});

test("macOS and Windows tell what their own calls do", () => {
  const machine = (platform: string) => ({ ...machineOf([], platform), memory: 16 * GB, processors: 10 });
  const from = "the operating system";
  const plain = { memory: { value: 16 * GB, from }, cpus: { value: 10, from } };
  expect(detectHost(machine("darwin")).known).toEqual({ ...plain, os: { value: "macos", from } });
  expect(detectHost(machine("win32")).known).toEqual({ ...plain, os: { value: "windows", from } });
  expect(detectHost(machine("freebsd")).known).toEqual(plain);
});

describe("whatever the files hold, detection ends and says nothing that cannot be", () => {
  const hosts = readdirSync(HOSTS).map(recorded);
  const word = fc.oneof(
    fc.constantFrom(
      "max",
      "-1",
      "0",
      "9223372036854771712",
      "0-4294967295",
      "[",
      "\0",
      "1 0",
      "0::/../..",
      "- a b c",
    ),
    fc.string(),
    fc.nat().map(String),
  );

  test("on a recorded machine of which some files are anything", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...hosts),
        fc.array(word, { minLength: 1 }),
        fc.nat(),
        ({ machine, data }, words, seed) => {
          let at = seed;
          const readText = (path: string) => {
            at = (at * 31 + path.length) % 9973;
            return at % 3 === 0 ? words[at % words.length] : machine.readText(path);
          };
          expectSane(detectHost({ ...machine, readText }, data));
        },
      ),
    );
  });

  test("on one that has every file, directory and link", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.string(), (words, data) => {
        let at = 0;
        const next = () => words[at++ % words.length] ?? "";
        const machine = {
          ...machineOf([]),
          readText: () => `${next()}\n${next()} ${next()}`,
          list: () => [next(), next()],
          real: (path: string) => `${path}/${next()}`,
          statfs: () => ({ size: Number(next()), free: Number(next()) }),
        };
        expectSane(detectHost(machine, data));
      }),
    );
  });
});
