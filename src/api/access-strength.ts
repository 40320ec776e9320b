import { isRemoteWord } from "./access-words.ts";

/** How much it takes to get in. */
export type Strength = "nothing" | "weak" | "strong" | "rejected";

interface Way {
  readonly method: string;
  readonly options: readonly string[];
  readonly from: readonly string[];
  /** May the connection be one that others can read? */
  readonly clear: boolean;
}

/** With the reason where it is weak. */
export function strengthOf({ method, options, from, clear }: Way): {
  strength: Strength;
  why: string | null;
} {
  const weak = (why: string) => ({ strength: "weak", why }) as const;
  if (method === "reject") return { strength: "rejected", why: null };
  const certificate = options.find((option) => option.startsWith("clientcert="))?.slice("clientcert=".length);
  const owns = method === "cert" || certificate === "verify-full";
  if (method === "trust" && !owns)
    return certificate === "verify-ca"
      ? weak("any certificate of the authority will do, for every user")
      : { strength: "nothing", why: null };
  if (owns) return { strength: "strong", why: null };
  if (method === "md5")
    return weak("it takes MD5 secrets, and who has seen such a hash has no need of the password");
  if (method === "ident") return weak("it believes what the client's machine says of its user");
  if (SENDS_PASSWORD.has(method) && clear && from.some(isRemoteWord))
    return weak("the password may go over the network as it is");
  return { strength: "strong", why: null };
}

/** Methods for which the client sends the password as it is. */
const SENDS_PASSWORD: ReadonlySet<string> = new Set(["password", "ldap", "pam", "radius", "bsd"]);
