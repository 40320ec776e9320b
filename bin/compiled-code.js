"use strict";
const { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } =
  require("node:fs");
const { dirname, join } = require("node:path");

/**
 * What V8 compiled of the program: the build leaves that of its own V8 beside it; for any other, the first check that
 * somebody runs leaves it in that user's cache directory.
 */
function compiledCode(program) {
  return read(join(dirname(program), `cli.${process.versions.v8}.cache`)) ?? read(inCache(program), isOwn);
}

/** Undefined where there is no such directory. The name holds what V8 itself does not look at: which program it was. */
function inCache(program) {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA, NODE_DISABLE_COMPILE_CACHE } = process.env;
  const home = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && join(HOME, ".cache"));
  if (!home || NODE_DISABLE_COMPILE_CACHE) return undefined;
  const { size, mtimeMs } = statSync(program);
  return join(home, "pgconflint", `cli.${process.versions.v8}.${size}-${Math.floor(mtimeMs)}.cache`);
}

function read(path, trusted = () => true) {
  if (path === undefined) return undefined;
  let file;
  try {
    file = openSync(path, "r");
    return trusted(fstatSync(file)) ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** What is read will be run: with sudo, the home may be somebody else's. */
const isOwn = ({ uid, mode }) => !process.geteuid || (uid === process.geteuid() && (mode & 0o022) === 0);

/** At the end of a run, so that the functions that it needed are in it; another command needs others. */
function keepCompiledCode(program, script) {
  const path = process.exitCode === 0 || process.exitCode === 1 ? inCache(program) : undefined;
  if (path === undefined || !isCheck(process.argv[2])) return;
  const unfinished = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 });
    renameSync(unfinished, path);
  } catch {
    // A home that cannot be written to: the next run compiles again.
  }
}

function isCheck(word) {
  return word === undefined || word === "check" || statSync(word, { throwIfNoEntry: false }) !== undefined;
}

module.exports = { compiledCode, keepCompiledCode };
