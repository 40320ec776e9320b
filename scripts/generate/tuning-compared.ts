// Writes docs/tuning-compared.md from our formulas and the recorded values of other tools.
import { comparedPage } from "./compared-page.ts";
import { write } from "./output.ts";

write("docs/tuning-compared.md", comparedPage());
