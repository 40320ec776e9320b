import type { HbaLine } from "../../cluster/hba.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { optionOf, withMethod } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/ldap-without-tls",
  title: "passwords go to the LDAP server without TLS",
  severity: "warning",
  controls: ["A24"],
  docs: () => ({
    why: "The server sends the user's password, and its own ldapbindpasswd, to the directory as they are. Everyone on the way reads them, and they are the passwords of everything else in the house.",
    fix: "Add ldaptls=1 (StartTLS on port 389), or from 11 on ldapscheme=ldaps (port 636).",
    traps:
      "ldapport=636 alone does not bring TLS. Whether the directory's certificate is checked is up to the OpenLDAP library (TLS_REQCERT in ldap.conf). hostssl protects the way from the client to the server, not this one.",
    leave: "A directory on the same machine, which is not reported, or behind a tunnel.",
    see: [pgDocs("auth-ldap")],
  }),
  *check(cluster) {
    for (const { line } of withMethod(cluster, "ldap")) {
      if (isEncrypted(line)) continue;
      const server = serverOf(line);
      if (LOCAL.test(server)) continue;
      yield {
        place: line.methodToken.place,
        message: `Passwords go to ${server === "" ? "the LDAP server" : server} unencrypted; add ldaptls=1.`,
        apply: "reload",
        ...withTls(line),
      };
    }
  },
});

const isEncrypted = (line: HbaLine) =>
  optionOf(line, "ldaptls") === "1" ||
  optionOf(line, "ldapscheme") === "ldaps" ||
  /^ldaps:/i.test(optionOf(line, "ldapurl") ?? "");

function serverOf(line: HbaLine): string {
  const url = /^ldap:\/\/([^/:?]*)/i.exec(optionOf(line, "ldapurl") ?? "")?.[1];
  return optionOf(line, "ldapserver") ?? url ?? "";
}

const LOCAL = /^(?:localhost|127\.[\d.]+|::1|\[::1\])$/i;

function withTls({ record, options }: HbaLine): Pick<Draft, "suggested" | "fix"> {
  const last = options.at(-1)?.token.place;
  if (last?.source !== record.source) return { suggested: "ldaptls=1" };
  const { start, end } = last.span;
  // Behind a quote that nobody closed, it would become part of the value.
  if (last.source.text.slice(start, end).split('"').length % 2 === 0) return { suggested: "ldaptls=1" };
  const place = { source: last.source, span: { start: end, end } };
  return {
    suggested: "ldaptls=1",
    fix: { title: "Add ldaptls=1", safe: false, edits: [{ place, text: " ldaptls=1" }] },
  };
}
