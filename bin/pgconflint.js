#!/usr/bin/env node
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const { join } = require("node:path");
const { Script } = require("node:vm");
const { compiledCode, keepCompiledCode } = require("./compiled-code.js");

// Compiling takes longer than all that a run does, so that V8 is given what it compiled before.
const dist = join(__dirname, "../dist");
const program = join(dist, "cli.cjs");
const cachedData = compiledCode(program);
const script = new Script(wrap(readFileSync(program, "latin1")), { filename: program, cachedData });
if (!cachedData || script.cachedDataRejected) process.on("exit", () => keepCompiledCode(program, script));
script.runInThisContext()(exports, createRequire(program), module, program, dist);
