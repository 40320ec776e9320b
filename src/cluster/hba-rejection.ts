import { formatIp } from "../access/address.ts";
import { textOfBytes } from "../access/bytes.ts";
import type { Version } from "../catalog/version.ts";
import type { Connection } from "./hba-match.ts";

/** What the server tells a client that no record lets in, or that one rejects. */
export function rejection(
  by: "no record" | "reject",
  { user, database, replication, transport, client }: Connection,
  version: Version,
): string {
  // Up to 13 logical replication, which is of a database, is told as replication as well.
  const replicates = replication === "physical" || (replication !== undefined && version.major <= 13);
  const start =
    by === "reject"
      ? `pg_hba.conf rejects ${replicates ? "replication " : ""}connection for host`
      : `no pg_hba.conf entry for ${replicates ? "replication connection from host" : "host"}`;
  const host = client ? formatIp(client.ip) : "[local]";
  const names = `user "${textOfBytes(user)}"${replicates ? "" : `, database "${textOfBytes(database)}"`}`;
  return `${start} "${host}", ${names}, ${encryption(transport, version)}`;
}

function encryption(transport: Connection["transport"], { major }: Version): string {
  if (major <= 13) return transport === "tls" ? "SSL on" : "SSL off";
  return { socket: "no encryption", plain: "no encryption", tls: "SSL encryption", gss: "GSS encryption" }[
    transport
  ];
}
