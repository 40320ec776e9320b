import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/wal-size",
  title: "min_wal_size or max_wal_size below two WAL segments",
  severity: "error",
  versions: { postgres: ">=11" },
  docs: () => ({
    why: "The log is kept in segments, of 16MB each unless initdb was told otherwise. Both sizes must hold two of them; the server reads the smaller value without complaint, and then does not start.",
    fix: "Start from `max_wal_size = 1GB` and `min_wal_size = 80MB`, the defaults, and go up from there.",
    traps: "The size of a segment is fixed by initdb and stands in no file; here it is taken for 16MB.",
    see: [settingDocs("wal", "max_wal_size"), settingDocs("wal", "min_wal_size")],
  }),
  *check({ conf }) {
    if (!conf || conf.version.major < 11) return;
    const segment = 16;
    for (const name of ["min_wal_size", "max_wal_size"]) {
      const size = conf.get(name);
      const place = size && placeOf(size);
      if (!place || Math.trunc(Number(size.value) / segment) >= 2) continue;
      yield {
        place,
        message: `${name} = ${size.base}MB is less than two WAL segments of ${segment}MB.`,
        setting: name,
        current: `${size.base}MB`,
        suggested: name === "min_wal_size" ? "80MB" : "1GB",
        apply: "reload",
        server: refusesStart(`"${name}" must be at least twice "wal_segment_size"`),
      };
    }
  },
});
