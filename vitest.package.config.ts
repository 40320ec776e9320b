import { defineConfig } from "vitest/config";

/** The packed package as people install it; apart from the other tests, as it packs, installs and fetches. */
export default defineConfig({
  test: {
    include: ["test/package/*.check.ts"],
    globalSetup: "test/package/setup.ts",
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
