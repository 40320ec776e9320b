import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

const ANYBODYS = /^\/(?:tmp|var\/tmp|dev\/shm|home)(?:\/|$)/;

export default defineRule({
  id: "privileges/library-path",
  title: "libraries or extensions from a directory that others write, or that is not found",
  severity: "warning",
  controls: ["F05", "CIS 8.3"],
  docs: () => ({
    why: "What dynamic_library_path finds is run inside the server with all of its rights, and the scripts that extension_control_path finds run as the superuser who creates the extension. Whoever can put a file into such a directory owns the database. A relative directory makes every load end with an error, and without $libdir the server finds none of its own libraries by their short names.",
    fix: "Keep `dynamic_library_path = '$libdir'`, with further absolute directories that only root can write.",
    traps:
      "The directories are searched in order: one before $libdir can put itself in the place of a library of the server. shared_preload_libraries is looked up here as well, so a path without $libdir may end the start.",
    leave: "On a developer's machine, for a library under construction.",
    see: [settingDocs("client", "dynamic_library_path"), settingDocs("client", "extension_control_path")],
  }),
  *check({ conf }) {
    for (const [name, own] of [
      ["dynamic_library_path", "$libdir"],
      ["extension_control_path", "$system"],
    ] as const) {
      const path = writtenIn(conf, name);
      const trouble = path && troubleOf(path.base === "" ? [] : path.base.split(":"), own);
      if (path && trouble) yield { ...unwise(path, `${name} ${trouble}.`), suggested: own };
    }
  },
});

function troubleOf(directories: readonly string[], own: string): string | undefined {
  const open = directories.find((directory) => ANYBODYS.test(directory));
  if (open !== undefined)
    return `has ${open}, where others than root can put files that the server then runs`;
  const relative = directories.find((directory) => !/^[/$]/.test(directory));
  if (relative !== undefined)
    return `has ${relative || "an empty part"}, which is no absolute path, and ends every load with an error`;
  return directories.some((directory) => directory.startsWith(own))
    ? undefined
    : `does not have ${own}, so what came with the server is not found by its name`;
}
