export { pgDocs, pgSource, poolerDocs, settingDocs } from "../../catalog/manual.ts";
