import { resolve } from "node:path";
import type { Role, Roles } from "../access/membership.ts";
import { readRegularFile } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";

/** All roles of a server as JSON: `{ "bob": { "memberOf": ["staff"] }, "staff": {} }`. */
export function readRoles(path: string, cwd: string): Roles {
  const bytes = readRegularFile(resolve(cwd, path));
  if (typeof bytes === "string") throw new UserError(`--roles ${path}: ${bytes}`);
  const roles = parsed(new TextDecoder().decode(bytes), path);
  if (!isRecord(roles))
    throw new UserError(`${path}: not an object of roles, such as { "bob": { "memberOf": ["staff"] } }`);
  return Object.fromEntries(
    Object.entries(roles).map(([name, role]) => [name, roleOf(role, `${path}: "${name}"`)]),
  );
}

/** The parser's own words quote the file, which may be another than somebody meant. */
function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [where = ""] = (error instanceof Error && / at position \d+.*$/.exec(error.message)) || [];
    throw new UserError(`${path}: not JSON${where}`);
  }
}

function roleOf(role: unknown, where: string): Role {
  if (!isRecord(role)) throw new UserError(`${where}: not an object, such as { "memberOf": ["staff"] }`);
  const { memberOf = [], superuser = false, inherit = true, ...more } = role;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined)
    throw new UserError(`${where}: ${unknown} is none of memberOf, superuser and inherit`);
  if (!Array.isArray(memberOf) || !memberOf.every((name) => typeof name === "string"))
    throw new UserError(`${where}: memberOf is not a list of names`);
  if (typeof superuser !== "boolean" || typeof inherit !== "boolean")
    throw new UserError(`${where}: superuser and inherit are true or false`);
  return { memberOf, superuser, inherit };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
