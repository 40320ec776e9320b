import { readHba } from "../../src/cluster/hba.ts";
import { HbaReach } from "../../src/cluster/hba-reach.ts";
import { fileSet } from "../../src/text/files.ts";
import { sourceOf } from "../../src/text/source.ts";
import { line, time } from "./measure.ts";

/** Who gets to which line: everything but the reading of the file. */
export function reach(): void {
  const pick = (at: number, salt: number, count: number) => (Math.imul(at + salt, 2654435761) >>> 8) % count;
  const types = ["host", "host", "hostssl", "hostnossl", "local"];
  const bits = [16, 20, 24, 24, 24, 28, 32];
  const list = (name: string, at: number, salt: number, count: number) =>
    Array.from(
      { length: pick(at, salt, 8) === 0 ? 3 : 1 },
      (_, more) => `${name}${pick(at, salt + 7 * more, count)}`,
    ).join(",");
  const address = (at: number) =>
    pick(at, 5, 6) === 0
      ? `2001:db8:${pick(at, 6, 65536).toString(16)}::/${[48, 56, 64][pick(at, 7, 3)]}`
      : `10.${pick(at, 8, 256)}.${pick(at, 9, 256)}.0/${bits[pick(at, 10, bits.length)]}`;
  const mixed = (lines: number) =>
    Array.from({ length: lines }, (_, at) => {
      const type = types[pick(at, 1, types.length)];
      const from = type === "local" ? "" : address(at);
      return `${type} ${list("db", at, 2, 500)} ${list("user", at, 3, 5000)} ${from} ${at % 9 ? "scram-sha-256" : "reject"}`;
    }).join("\n");
  const facts = {
    version: { major: 18, minor: null },
    ssl: true,
    oauthLibraries: "",
    userNamespace: false,
  };
  const read = (lines: number) => {
    const source = sourceOf("pg_hba.conf", mixed(lines));
    return readHba(fileSet([source]), source, facts);
  };
  new HbaReach(read(100_000));
  const times = [12_500, 25_000, 50_000, 100_000].map((lines) => {
    const file = read(lines);
    let dead = 0;
    const took = time(() => {
      dead = new HbaReach(file).lines.filter(({ open }) => open === 0).length;
    });
    const memory = process.memoryUsage.rss() / 1024 ** 2;
    line(
      `who gets to which of ${lines.toLocaleString("en")} lines`,
      `${(took / 1000).toFixed(3)} s, ${dead.toLocaleString("en")} dead, ${memory.toFixed(0)} MiB`,
    );
    return took;
  });
  const exponent = Math.log((times.at(-1) ?? 0) / (times[0] ?? 1)) / Math.log(8);
  const file = read(100);
  line("who gets to which of 100 lines", `${time(() => new HbaReach(file)).toFixed(2)} ms`);
  line("growth exponent from 12,500 to 100,000 lines", exponent.toFixed(2));
}
