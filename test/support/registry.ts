import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./fixtures.ts";

const { name, version, bin }: { name: string; version: string; bin: Record<string, string> } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);

export interface Registry {
  /** Makes npm ask it, and nobody else. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** A registry of npm with one package: this project as it is packed. Installing from it is what a user's CI does. */
export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), "pgconflint-registry-"));
  const packed = execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const tarball = readFileSync(join(folder, packed.trim()));
  const server = createServer((request, response) => {
    const url = `http://${request.headers.host}`;
    if (request.url === `/${name}.tgz`) response.end(tarball);
    else if (request.url === `/${name}`) response.end(JSON.stringify(description(url, tarball)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    env: {
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_cache: join(folder, "cache"),
      npm_config_userconfig: join(folder, "npmrc"),
      npm_config_update_notifier: "false",
    },
    close() {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const description = (url: string, tarball: Buffer) => ({
  name,
  "dist-tags": { latest: version },
  versions: {
    [version]: {
      name,
      version,
      bin,
      dist: {
        tarball: `${url}/${name}.tgz`,
        integrity: `sha512-${createHash("sha512").update(tarball).digest("base64")}`,
      },
    },
  },
});
