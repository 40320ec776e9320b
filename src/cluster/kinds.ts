import { baseName } from "../text/files.ts";

/** What a file is to a server. */
export type FileKind =
  | "postgresql.conf"
  | "postgresql.auto.conf"
  | "pg_hba.conf"
  | "pg_ident.conf"
  | "recovery.conf"
  | "signal"
  | "pgbouncer.ini"
  | "userlist.txt";

/** Told from the name, else from the text. */
export function kindOf(path: string, text: string): FileKind {
  return kindOfName(baseName(path)) ?? kindOfText(text);
}

/** undefined: the name alone does not tell. */
export function kindOfName(name: string): FileKind | undefined {
  const lower = name.toLowerCase();
  if (lower === "postgresql.auto.conf") return "postgresql.auto.conf";
  if (lower === "recovery.conf") return "recovery.conf";
  if (lower === "standby.signal" || lower === "recovery.signal") return "signal";
  if (/(?:^|[._-])userlist|userlist[._-]/.test(lower)) return "userlist.txt";
  if (/hba/.test(lower)) return "pg_hba.conf";
  if (/ident/.test(lower)) return "pg_ident.conf";
  if (/pgbouncer|\.ini(?:\.|$)/.test(lower)) return "pgbouncer.ini";
  if (/^postgres(?:ql)?.*\.conf/.test(lower)) return "postgresql.conf";
  return undefined;
}

function kindOfText(text: string): FileKind {
  const head = text.slice(0, 65_536);
  if (/^[ \t]*\[(?:pgbouncer|databases|users|peers)\]/m.test(head)) return "pgbouncer.ini";
  if (/^[ \t]*(?:local|host(?:no)?(?:ssl|gssenc)?)[ \t]+\S+[ \t,]+\S+[ \t]+\S/m.test(head))
    return "pg_hba.conf";
  const first = /^[ \t]*([^#;\s].*)$/m.exec(head)?.[1];
  if (first && /^"[^"]*"[ \t]+"/.test(first)) return "userlist.txt";
  return "postgresql.conf";
}

/** Is this the main file of a server, or only a part of its configuration? */
export const isMainFile = (path: string): boolean => /^postgresql\.conf$/i.test(baseName(path));
