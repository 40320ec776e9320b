import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "locale/client-encoding",
  title: "clients get and send bytes without conversion",
  severity: "warning",
  controls: ["Q01"],
  docs: () => ({
    why: "client_encoding = SQL_ASCII means no conversion: a client takes the database's bytes as they are, and the server takes the client's. With a client in Latin-1 and a database in UTF-8, letters beyond ASCII turn into two wrong ones or end in errors about invalid byte sequences.",
    fix: "Drop the line; clients get the database's encoding, and say so when they want another. The application's driver is the place for it.",
    traps:
      "Most drivers set the encoding themselves, so only scripts with psql and a few old programs follow the file. The encoding of a database is fixed when it is created and does not stand here.",
    leave:
      "With databases in SQL_ASCII, which hold bytes of unknown meaning; these should be converted to UTF-8 one day.",
    see: [settingDocs("client", "client_encoding"), pgDocs("multibyte")],
  }),
  *check({ conf }) {
    const encoding = writtenIn(conf, "client_encoding");
    if (encoding?.base.toUpperCase() !== "SQL_ASCII") return;
    yield unwise(
      encoding,
      "client_encoding = SQL_ASCII hands bytes to clients without conversion; without the line they get the database's encoding.",
    );
  },
});
