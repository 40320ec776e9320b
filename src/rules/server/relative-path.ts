import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf } from "../support/conf.ts";
import { pgDocs } from "../support/sources.ts";

/** What the server looks for before it goes into its data directory. */
const FILES = ["data_directory", "hba_file", "ident_file"];

export default defineRule({
  id: "server/relative-path",
  title: "a relative path counts from where the server is started",
  severity: "warning",
  controls: ["U23"],
  docs: () => ({
    why: "A relative data_directory, hba_file or ident_file is looked for in the directory that the server is started from. By systemd that is /, by hand wherever one stands: it starts today, and does not after the next reboot.",
    fix: "Write the whole path.",
    traps: "Included files are another matter: they count from the directory of the file that includes them.",
    leave: "Where every start goes through one script that changes into the right directory first.",
    see: [pgDocs("runtime-config-file-locations")],
  }),
  *check({ conf }) {
    for (const name of FILES) {
      const setting = conf?.known(name);
      const place = setting && placeOf(setting);
      if (!place || setting.base === "" || setting.base.startsWith("/")) continue;
      yield {
        place,
        message: `${name} = ${setting.base} is looked for in the directory that the server is started from.`,
        setting: name,
        current: setting.base,
        apply: applyOf(setting.setting),
      };
    }
  },
});
