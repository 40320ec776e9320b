import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataDirectory } from "../servers/cluster.ts";

/** A self-signed certificate, so that hostssl records can match. */
export function certificate(data: DataDirectory): void {
  const folder = mkdtempSync(join(tmpdir(), "cert-"));
  const key = join(folder, "server.key");
  const crt = join(folder, "server.crt");
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "3650",
      "-subj",
      "/CN=localhost",
      "-keyout",
      key,
      "-out",
      crt,
    ],
    { stdio: "ignore" },
  );
  data.write("server.key", readText(key));
  data.write("server.crt", readText(crt));
  chmodSync(join(data.path, "server.key"), 0o600);
  rmSync(folder, { recursive: true });
}

const readText = (path: string) => readFileSync(path, "utf8");
