import { lint, readHba } from "../../src/index.ts";
import { line, time } from "./measure.ts";

/** Time for n lines as n^e; e from one eighth of the size. */
export function growth(): void {
  const conf = (lines: number) =>
    Array.from({ length: lines }, (_, at) =>
      at % 3 ? `app.setting_${at} = 'value ${at}'` : `work_mem = ${64 + at}kB # line ${at}`,
    ).join("\n");
  const hba = (lines: number) =>
    Array.from(
      { length: lines },
      (_, at) => `host db${at % 500} user${at % 5000} 10.${at % 256}.${(at >> 8) % 256}.0/24 scram-sha-256`,
    ).join("\n");
  const measure = (
    what: string,
    lines: number,
    make: (lines: number) => string,
    work: (text: string) => void,
  ) => {
    const whole = make(lines);
    const part = make(lines / 8);
    work(part);
    const short = time(() => work(part));
    const long = time(() => work(whole));
    const exponent = Math.log(long / short) / Math.log(8);
    line(
      `${what} of ${lines.toLocaleString("en")} lines`,
      `${(long / 1000).toFixed(2)} s, growth exponent ${exponent.toFixed(2)}`,
    );
  };
  measure("postgresql.conf", 20_000, conf, (text) => lint({ files: [{ path: "postgresql.conf", text }] }));
  measure("pg_hba.conf", 100_000, hba, (text) => {
    lint({ files: [{ path: "pg_hba.conf", text }] });
  });
  measure("pg_hba.conf, rows alone,", 100_000, hba, (text) =>
    readHba({ files: [{ path: "pg_hba.conf", text }] }),
  );
}
