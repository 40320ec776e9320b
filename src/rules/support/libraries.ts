import type { Conf } from "../../cluster/conf.ts";
import type { Draft } from "../../engine/rule.ts";
import { splitDirectories } from "../../values/lists.ts";
import { placeOrAbsent } from "./conf.ts";

const PRELOADING = ["shared_preload_libraries", "session_preload_libraries"];

/** Does every session load one of these libraries? Undefined where the files do not say. */
export function loadsAny(conf: Conf, ...libraries: readonly string[]): boolean | undefined {
  const lists = PRELOADING.map((name) => conf.known(name));
  const loaded = lists.some((list) => namesIn(list?.base ?? "").some((name) => libraries.includes(name)));
  return !loaded && lists.includes(undefined) ? undefined : loaded;
}

/** The libraries of a list, without path and ending. */
export const namesIn = (list: string): string[] =>
  (splitDirectories(list) ?? []).map((name) => name.replace(/^.*\//, "").replace(/\.so$/, ""));

/** What a finding about a library that nothing loads has in common. No fix: the library may not be installed. */
export function notLoaded(conf: Conf, library: string, message: string): Draft | undefined {
  const shared = conf.get("shared_preload_libraries");
  return (
    shared && {
      place: placeOrAbsent(conf, shared),
      message,
      setting: "shared_preload_libraries",
      current: shared.base,
      suggested: [...namesIn(shared.base), library].join(", "),
      apply: "restart",
    }
  );
}
