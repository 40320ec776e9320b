import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

export default defineRule({
  id: "planner/page-costs",
  title: "a page in order costs more than one out of order",
  severity: "warning",
  controls: ["M02"],
  docs: () => ({
    why: "On no disk is it slower to read the next page than any other. With these costs the planner takes index scans where reading the table once would do, and the larger the table the worse.",
    fix: "Keep seq_page_cost at 1, and random_page_cost between 1.1 for solid-state and 4 for spinning disks.",
    traps: "The two only mean something beside each other and beside the cpu_ costs; change one, not both.",
    leave: "There is no host on which to leave it: where everything is in memory, both are the same.",
    see: [settingDocs("query", "seq_page_cost"), settingDocs("query", "random_page_cost")],
  }),
  *check({ conf }) {
    const inOrder = conf?.known("seq_page_cost");
    const random = conf?.known("random_page_cost");
    if (!conf || !inOrder || !random || Number(inOrder.value) <= Number(random.value)) return;
    const [about, other, suggested] =
      Number(random.value) < 1 ? [random, inOrder, "1.1"] : [inOrder, random, "1"];
    yield {
      ...draftAbout(
        conf,
        about,
        `seq_page_cost = ${inOrder.base} is above random_page_cost = ${random.base}.`,
        Number(inOrder.value) > 1.1 && about === random ? inOrder.base : suggested,
      ),
      related: related(other, "the other cost"),
    };
  },
});
