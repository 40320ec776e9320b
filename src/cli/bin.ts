import { readFileSync } from "node:fs";
import { main } from "./main.ts";

// A reader that goes away early, such as `head`, is no error.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });

main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdin: () => readFileSync(0),
  env: process.env,
  cwd: process.cwd(),
  isTerminal: process.stdout.isTTY === true,
}).then((code) => {
  process.exitCode = code;
});
