#!/usr/bin/env node
"use strict";
const fs = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

// Compiling takes longer than all that a run does, so that V8 is given what it compiled before: the build leaves that
// of its own V8 in dist/; for any other, the first check that somebody runs leaves it in that user's cache directory.
const dist = join(__dirname, "../dist");
/** The files of dist/ that run, by name. */
const running = new Map();
/** Of these, the ones that were compiled anew. */
const compiled = new Map();

/** A file of dist/ is one function, which is run once. */
function run(name) {
  const filename = join(dist, `${name}.cjs`);
  const module = { exports: {} };
  running.set(name, module);
  scriptOf(name, filename).runInThisContext()(module.exports, requireFile, module, filename, dist);
  return module;
}

function scriptOf(name, filename) {
  const source = fs.readFileSync(filename, "latin1");
  for (const find of [leftByBuild, keptForUser]) {
    const cachedData = find(name);
    if (!cachedData) continue;
    const script = new Script(source, { filename, cachedData });
    // V8 takes it only where it runs with the same options.
    if (!script.cachedDataRejected) return script;
  }
  const script = new Script(source, { filename });
  keepAtExit(name, script);
  return script;
}

/** They share what they have when another file asks for it: that is hundreds of names, and most runs need one file. */
function requireFile(path) {
  if (!path.startsWith("./")) return require(path);
  const name = path.slice(2, -".cjs".length);
  const module = running.get(name) ?? run(name);
  module.share?.();
  module.share = undefined;
  return module.exports;
}

const leftByBuild = (name) => read(join(dist, `${name}.${process.versions.v8}.cache`));
const keptForUser = (name) => read(inCache(name), isOwn);

/** Undefined where there is no such directory. The name holds what V8 itself does not look at: which program it was. */
function inCache(name) {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA, NODE_DISABLE_COMPILE_CACHE } = process.env;
  const home = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && join(HOME, ".cache"));
  if (!home || NODE_DISABLE_COMPILE_CACHE) return undefined;
  const { size, mtimeMs } = fs.statSync(join(dist, `${name}.cjs`));
  return join(home, "pgconflint", `${name}.${process.versions.v8}.${size}-${Math.floor(mtimeMs)}.cache`);
}

function read(path, trusted = () => true) {
  if (path === undefined) return undefined;
  let file;
  try {
    file = fs.openSync(path, "r");
    return trusted(fs.fstatSync(file)) ? fs.readFileSync(file) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}

/** What is read will be run: with sudo, the home may be somebody else's. */
const isOwn = ({ uid, mode }) => !process.geteuid || (uid === process.geteuid() && (mode & 0o022) === 0);

/** At the end of a run, so that the functions that it needed are in it; another command needs others. */
function keepAtExit(name, script) {
  if (compiled.size === 0) process.on("exit", keepCompiledCode);
  compiled.set(name, script);
}

function keepCompiledCode(code) {
  if (code > 1 || !isCheck(process.argv[2])) return;
  for (const [name, script] of compiled) {
    const path = inCache(name);
    if (path === undefined) return;
    const unfinished = `${path}.${process.pid}`;
    try {
      fs.mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
      fs.writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 });
      fs.renameSync(unfinished, path);
    } catch {
      // A home that cannot be written to: the next run compiles again.
    }
  }
}

function isCheck(word) {
  return word === undefined || word === "check" || fs.statSync(word, { throwIfNoEntry: false }) !== undefined;
}

run("cli");
