import { type AccessVariants, compareGroup } from "../api/compare/group.ts";
import type { Ignored } from "../api/compare/ignored.ts";
import type { GroupAccess, GroupReport } from "../api/compare/report.ts";
import type { ServerFiles } from "../node/discover.ts";
import { UserError } from "../node/problem.ts";
import { accessBetween } from "./compare-access.ts";
import { directoryOfServer, type ServerReader } from "./compare-servers.ts";

/** All servers below a directory. */
export function groupReport(path: string, ignored: Ignored, reader: ServerReader): GroupReport {
  const files = new Map<string, ServerFiles>();
  // What a postgresql.conf has put elsewhere leaves a namesake in its directory, which belongs to nobody.
  for (const its of reader.find(path))
    if (!files.has(directoryOfServer(its))) files.set(directoryOfServer(its), its);
  const servers = [...files].flatMap(([directory, its]) => reader.values(its, directory) ?? []);
  if (servers.length < 2)
    throw new UserError(
      `compare: ${servers.length === 0 ? "no server" : "a single server"} below ${path}; a group has two or more`,
    );
  const comparison = compareGroup(servers, ignored);
  const access = comparison.access.map((variants) => accessOf(variants, files, reader));
  return { path, ...comparison, access: access.filter(({ others }) => others.length > 0) };
}

/** Files with other lines may still let the same connections in, the same way. */
function accessOf(
  { file, of, variants }: AccessVariants,
  files: ReadonlyMap<string, ServerFiles>,
  reader: ServerReader,
): GroupAccess {
  const [first, ...rest] = variants;
  const among = (variant: (typeof variants)[number] | undefined) => ({
    file,
    path: variant?.path ?? "",
    files: [files.get(variant?.servers[0] ?? "")].flatMap((its) => its ?? []),
  });
  const compared = rest.map((variant) => ({
    ...accessBetween(among(first), among(variant), reader),
    servers: variant.servers,
  }));
  const others = compared.filter(({ changes, refusal }) => changes.length > 0 || refusal !== null);
  const different = others.reduce((sum, { servers }) => sum + servers.length, 0);
  return { file, of, usual: { path: first?.path ?? "", servers: of - different }, others };
}
