import { defineRule } from "../../engine/rule.ts";
import { namesIn } from "../support/libraries.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/local-preload",
  title: "libraries for every session from the users' own list",
  severity: "warning",
  controls: ["F04", "CIS 8.3"],
  docs: () => ({
    why: "local_preload_libraries is what any user may set for a session, so the server takes libraries from $libdir/plugins only. Packages do not install there: with such a line every connection ends with `could not access file`, also that of the administrator who wants to correct it.",
    fix: "Write session_preload_libraries, which takes them from $libdir, or shared_preload_libraries for libraries that need it.",
    traps: "A user can still change the list for a session, so it enforces nothing, no audit and no limit.",
    leave: "Where somebody has put the library into the directory plugins on every host.",
    see: [
      settingDocs("client", "local_preload_libraries"),
      settingDocs("client", "session_preload_libraries"),
    ],
  }),
  *check({ conf }) {
    const libraries = writtenIn(conf, "local_preload_libraries");
    const [first] = namesIn(libraries?.base ?? "");
    if (!libraries || first === undefined) return;
    yield {
      ...unwise(
        libraries,
        `Every connection fails unless ${first} lies in $libdir/plugins; session_preload_libraries takes it from where packages install it.`,
      ),
      suggested: `session_preload_libraries = '${libraries.base}'`,
    };
  },
});
