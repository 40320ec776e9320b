import { spawn } from "node:child_process";
import type { Result } from "./cli.ts";

/** Runs a script of a CI service as that does; asynchronously, as a server of the test may have to answer it. */
export function shell(
  script: string,
  { cwd, env, flags = [] }: { cwd: string; env: NodeJS.ProcessEnv; flags?: readonly string[] },
): Promise<Result> {
  const child = spawn("bash", ["--noprofile", "--norc", ...flags, "-c", script], {
    cwd,
    env: { PATH: process.env.PATH, LANG: "C.UTF-8", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
  const out = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    out.stderr += text;
  });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => done({ code, ...out }));
  });
}
