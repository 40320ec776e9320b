import { defineRule } from "../../engine/rule.ts";
import { loadsAny, notLoaded } from "../support/libraries.ts";

export default defineRule({
  id: "privileges/set-user",
  title: "set_user is not loaded",
  severity: "info",
  profiles: ["cis"],
  controls: ["F02", "CIS 4.8"],
  docs: () => ({
    why: "The benchmark wants nobody to log in as a superuser, and set_user to log who becomes one and what is done then.",
    fix: "Install set_user and add it to shared_preload_libraries.",
    traps: "It works only once superusers cannot log in any more; loaded alone it changes nothing.",
    leave:
      "Where superusers come over the local socket with peer, as themselves through sudo, and pgaudit logs them.",
    see: ["https://github.com/pgaudit/set_user"],
  }),
  *check({ conf }) {
    if (!conf?.whole || loadsAny(conf, "set_user")) return;
    const missing = notLoaded(
      conf,
      "set_user",
      "set_user is not loaded, so nothing logs who becomes a superuser.",
    );
    if (missing) yield missing;
  },
});
