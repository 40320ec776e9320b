import type { Conf } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { related, valuePlace } from "../support/conf.ts";
import { librariesIn } from "../support/logging.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/statements-not-counted",
  title: "pg_stat_statements is loaded and counts nothing",
  severity: "warning",
  controls: ["O01"],
  docs: () => ({
    why: "The view is there and stays empty. From 14 on pg_stat_statements needs the query identifiers that compute_query_id = off turns off; pg_stat_statements.track = none turns the counting itself off.",
    fix: "Remove the line: compute_query_id = auto computes them as soon as the library is loaded, and track is top by default.",
    leave: "Where another library computes the query identifiers.",
    see: [settingDocs("statistics", "compute_query_id"), pgDocs("pgstatstatements")],
  }),
  *check({ conf }) {
    if (!conf || !librariesIn(conf, "shared_preload_libraries").includes("pg_stat_statements")) return;
    yield* withoutIdentifiers(conf);
    const track = conf.placeholders.get("pg_stat_statements.track");
    if (track?.value.toLowerCase() !== "none") return;
    yield {
      place: valuePlace(track.item),
      message: "pg_stat_statements.track = none counts no statement, although the library is loaded.",
      setting: "pg_stat_statements.track",
      current: "none",
      suggested: "top",
      apply: "reload",
    };
  },
});

function* withoutIdentifiers(conf: Conf) {
  const identifiers = conf.known("compute_query_id");
  if (identifiers?.value !== "off") return;
  const message =
    "compute_query_id = off leaves pg_stat_statements without identifiers, so that it counts nothing.";
  yield {
    ...changeTo(conf, identifiers, "auto", message),
    related: related(conf.known("shared_preload_libraries"), "loads pg_stat_statements"),
  };
}
