#!/usr/bin/env node
"use strict";
const { existsSync, readFileSync } = require("node:fs");
const { createRequire, enableCompileCache, wrap } = require("node:module");
const { join } = require("node:path");

const dist = join(__dirname, "../dist");
const program = join(dist, "cli.cjs");
// Compiling takes longer than all that a run does, so the build leaves the compiled code of its own V8 beside the program.
const compiled = join(dist, `cli.${process.versions.v8}.cache`);

if (existsSync(compiled)) {
  const { Script } = require("node:vm");
  const source = wrap(readFileSync(program, "latin1"));
  const script = new Script(source, { filename: program, cachedData: readFileSync(compiled) });
  script.runInThisContext()(exports, createRequire(program), module, program, dist);
} else {
  enableCompileCache?.();
  require(program);
}
