import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatBytes } from "../src/host/bytes.ts";
import * as memory from "../src/sizing/memory.ts";
import { roundDown } from "../src/sizing/round.ts";
import * as storage from "../src/sizing/storage.ts";

const MB = 1024 ** 2;
const GB = 1024 ** 3;
const parts: memory.MemoryParts = {
  sharedBuffers: 8 * GB,
  connections: 200,
  workMem: 128 * MB,
  hashMemMultiplier: 2,
  autovacuumWorkers: 3,
  autovacuumWorkMem: GB,
};

test.each([
  [45.6 * MB, "40MB"],
  [7.5 * GB, "7GB"],
  [950 * MB, "896MB"],
  [61.7 * GB, "61GB"],
  [3.9 * MB, "3584kB"],
])("%d bytes are written as %s", (bytes, text) => {
  expect(formatBytes(roundDown(bytes))).toBe(text);
});

describe("a host with 32GB", () => {
  test("has the shares that every handbook gives", () => {
    expect(formatBytes(memory.sharedBuffers(32 * GB).bytes)).toBe("8GB");
    expect(formatBytes(memory.effectiveCacheSize(32 * GB).bytes)).toBe("24GB");
    expect(formatBytes(memory.maintenanceWorkMem(32 * GB).bytes)).toBe("1GB");
  });

  test("cannot serve 200 connections with 128MB each at worst", () => {
    expect(memory.memoryAtWorst(parts)).toEqual({ sorting: 36 * GB, hashing: 61 * GB });
    expect(memory.workMem(parts, 32 * GB)).toMatchObject({ bytes: 40 * MB });
    expect(memory.connectionsThatFit(parts, 32 * GB)).toBe(70);
  });
});

test("a desktop keeps most of its memory for other things", () => {
  expect(formatBytes(memory.sharedBuffers(16 * GB, "desktop").bytes)).toBe("1GB");
  expect(formatBytes(memory.effectiveCacheSize(16 * GB, "desktop").bytes)).toBe("4GB");
});

test("the work_mem that is suggested fits every host", () => {
  const sizes = fc.record({
    memory: fc.integer({ min: 512, max: 4 * 1024 * 1024 }).map((megabytes) => megabytes * MB),
    connections: fc.integer({ min: 1, max: 5000 }),
    hashMemMultiplier: fc.double({ min: 1, max: 8, noNaN: true }),
  });
  fc.assert(
    fc.property(sizes, ({ memory: total, ...given }) => {
      const sharedBuffers = memory.sharedBuffers(total).bytes;
      const asked = { ...parts, ...given, sharedBuffers, autovacuumWorkMem: 64 * MB };
      const size = memory.workMem(asked, total);
      if (!size) return;
      const worst = memory.memoryAtWorst({ ...asked, workMem: size.bytes });
      expect(worst.hashing).toBeLessThanOrEqual(memory.usableMemory(total));
    }),
  );
});

test("storage decides what a page out of order costs, and how many to ask for", () => {
  expect(storage.randomPageCost("nvme")).toBe("1.1");
  expect(storage.effectiveIoConcurrency("ssd", { major: 17, minor: null })).toBe(64);
  expect(storage.effectiveIoConcurrency("ssd", { major: 18, minor: null })).toBe(32);
  expect(formatBytes(storage.maxWalSize(8 * GB))).toBe("8GB");
});
