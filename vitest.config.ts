import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/fetch-server.ts",
    pool: "threads",
    testTimeout: 30_000,
  },
});
