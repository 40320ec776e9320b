import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/read-only-default",
  title: "read-only as a default, which every session may change",
  severity: "info",
  docs: () => ({
    why: "`default_transaction_read_only = on` reads like a lock. It is a default: any role says `SET transaction_read_only = off`, or BEGIN READ WRITE, and writes. Meanwhile programs that do not expect it, such as migrations and maintenance jobs, fail with `cannot execute … in a read-only transaction`.",
    fix: "Take the privilege to write from the roles; a copy to read from is a standby, which cannot be written to at all. Drop the line afterwards.",
    traps:
      "A read-only transaction still runs VACUUM and REINDEX and fills temporary tables; nextval() fails in it.",
    leave:
      "To keep well-behaved applications from writing while data is moved elsewhere; then it is a sign on the door.",
    see: [settingDocs("client", "default_transaction_read_only")],
  }),
  *check({ conf }) {
    const readOnly = writtenIn(conf, "default_transaction_read_only");
    if (readOnly?.value === true)
      yield unwiseFor(
        readOnly,
        "off",
        "default_transaction_read_only = on is a default that any session may change, and protects nothing.",
      );
  },
});
