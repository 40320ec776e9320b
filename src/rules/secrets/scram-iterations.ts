import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

const LEAST = 4096;

export default defineRule({
  id: "secrets/scram-iterations",
  title: "fewer SCRAM iterations than the standard asks for",
  severity: "warning",
  versions: { postgres: ">=16" },
  controls: ["D02"],
  docs: () => ({
    why: "The iterations are what makes guessing a stolen verifier slow. Fewer save some milliseconds of a login, on the client, and make each guess as much cheaper. A verifier keeps the number that was set when its password was set.",
    fix: "Keep the default, `scram_iterations = 4096`, the least that RFC 7677 recommends; then set the passwords again.",
    traps:
      "It is the number of connections that hurts, not the iterations: where logins cost too much, use a pooler. Any user may set it for a session.",
    leave: "For passwords that are long and random, where the number does not matter.",
    see: [settingDocs("connection", "scram_iterations"), "https://www.rfc-editor.org/rfc/rfc7677#section-4"],
  }),
  *check({ conf }) {
    const iterations = writtenIn(conf, "scram_iterations");
    if (!iterations || Number(iterations.value) >= LEAST) return;
    yield unwiseFor(
      iterations,
      String(LEAST),
      `scram_iterations = ${iterations.value} is below ${LEAST}, so guessing a stolen password is ${(LEAST / Number(iterations.value)).toFixed(Number(iterations.value) > LEAST / 10 ? 1 : 0)} times as fast.`,
    );
  },
});
