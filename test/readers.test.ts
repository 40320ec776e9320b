import fc from "fast-check";
import { describe, test } from "vitest";
import { readerProperties } from "./support/readers.ts";

// `npm run fuzz` runs the same properties 100,000 times each.
describe("any input is read without an exception, and printed back as it was", () => {
  test.each(readerProperties())("$name", ({ property }) => {
    fc.assert(property, { numRuns: 1000 });
  });
});
