// node scripts/compiled-code.cjs PATH…: checks the paths once with bin/pgconflint.js, and keeps what V8 compiled for that.
// At the end of the run, so that the functions that a run needs are in it, and no others.
const { rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

const root = join(__dirname, "..");
const file = join(root, `dist/cli.${process.versions.v8}.cache`);
// There is nothing to take yet, but the program looks for it.
writeFileSync(file, "");
vm.Script = class extends vm.Script {
  constructor(...args) {
    super(...args);
    process.on("exit", (code) => {
      if (code === 0) writeFileSync(file, this.createCachedData());
      else rmSync(file);
    });
  }
};
process.argv = [process.argv[0], "pgconflint", "check", "--fail-on", "never", ...process.argv.slice(2)];
require("../bin/pgconflint.js");
