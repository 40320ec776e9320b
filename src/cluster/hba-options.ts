import type { AuthToken } from "../syntax/auth-tokens.ts";
import { entryOf } from "../text/entry-of.ts";
import { strtol } from "../values/c-numbers.ts";
import { splitIdentifiers, splitNames } from "../values/lists.ts";
import type { HbaFacts, HbaLine, HbaOption, HbaType } from "./hba.ts";
import { type Refused, refused } from "./hba-record.ts";

interface Context {
  readonly type: HbaType;
  readonly method: string;
  readonly methodToken: AuthToken;
  readonly facts: HbaFacts;
  /** Where what is logged and not refused goes. */
  readonly notes: Refused[];
}

/** What the options have set so far; the last of several counts. */
type Values = Map<string, string>;

type Options = Pick<HbaLine, "options" | "shownOptions">;

/** parse_hba_auth_opt() for each option, then what a method must or may not have. */
export function readOptions(fields: readonly (readonly AuthToken[])[], context: Context): Options | Refused {
  const options: HbaOption[] = [];
  const values: Values = new Map();
  for (const token of fields.flat()) {
    const equals = token.text.indexOf("=");
    if (equals === -1)
      return refused("hba/option", `authentication option not in name=value format: ${token.text}`, token);
    const option = { name: token.text.slice(0, equals), value: token.text.slice(equals + 1), token };
    // Every option sets the scope back, so that a URL's lasts only where it comes last.
    values.delete("ldapscope");
    const wrong = checkOption(option, values, context);
    if (wrong) return { ...wrong, token };
    options.push(option);
  }
  const missing = checkMethod(values, context);
  if (missing) return { token: context.methodToken, ...missing };
  const shownOptions = shown(values, context);
  return options.length === 0 && shownOptions.length === 0 ? NO_OPTIONS : { options, shownOptions };
}

/** Most records have none, and a large file has a hundred thousand records. */
const NO_OPTIONS: Options = { options: [], shownOptions: [] };

const wrong = (message: string, shownText?: string | null): Refused => ({
  kind: "hba/option",
  message,
  ...(shownText !== undefined && { shown: shownText }),
});

/** Options that only one method takes, with the first major that has them. */
const OF_METHOD: Readonly<Record<string, readonly [method: string, since: number]>> = {
  pamservice: ["pam", 10],
  pam_use_hostname: ["pam", 10],
  ldapurl: ["ldap", 10],
  ldaptls: ["ldap", 10],
  ldapscheme: ["ldap", 11],
  ldapserver: ["ldap", 10],
  ldapport: ["ldap", 10],
  ldapbinddn: ["ldap", 10],
  ldapbindpasswd: ["ldap", 10],
  ldapsearchattribute: ["ldap", 10],
  ldapsearchfilter: ["ldap", 11],
  ldapbasedn: ["ldap", 10],
  ldapprefix: ["ldap", 10],
  ldapsuffix: ["ldap", 10],
  radiusservers: ["radius", 10],
  radiusports: ["radius", 10],
  radiussecrets: ["radius", 10],
  radiusidentifiers: ["radius", 10],
  compat_realm: ["sspi", 10],
  upn_username: ["sspi", 10],
  issuer: ["oauth", 18],
  scope: ["oauth", 18],
  validator: ["oauth", 18],
  delegate_ident_mapping: ["oauth", 18],
};

/** The options that a release knows, for corrections. */
export const optionsIn = (major: number): string[] => [
  ..."map clientcert krb_realm include_realm".split(" "),
  ...(major >= 14 ? ["clientname"] : []),
  ...Object.entries(OF_METHOD).flatMap(([name, [, since]]) => (major >= since ? [name] : [])),
];

function checkOption({ name, value }: HbaOption, values: Values, context: Context): Refused | undefined {
  const { method, type, facts } = context;
  const { major } = facts.version;
  const onlyFor = (methods: string) =>
    wrong(`authentication option "${name}" is only valid for authentication methods ${methods}`);
  if (name === "map") {
    const methods = ["ident", "peer", "gss", "sspi", "cert", ...(major >= 18 ? ["oauth"] : [])];
    if (!methods.includes(method))
      return onlyFor(
        major >= 18 ? "ident, peer, gssapi, sspi, cert, and oauth" : "ident, peer, gssapi, sspi, and cert",
      );
  } else if (name === "clientcert") return checkClientCert(value, values, context);
  else if (name === "clientname" && major >= 14) {
    if (type !== "hostssl") return wrong('clientname can only be configured for "hostssl" rows');
    if (value !== "CN" && value !== "DN") return wrong(`invalid value for clientname: "${value}"`, null);
  } else if (name === "krb_realm" || name === "include_realm") {
    if (method !== "gss" && method !== "sspi") return onlyFor("gssapi and sspi");
  } else {
    const [owner, since = 0] = entryOf(OF_METHOD, name) ?? [];
    if (owner === undefined || major < since)
      return wrong(`unrecognized authentication option name: "${name}"`);
    if (method !== owner) return onlyFor(owner);
    const bad = checkValue(name, value, values, context);
    if (bad) return bad;
  }
  values.set(name, value);
  return undefined;
}

function checkClientCert(
  value: string,
  values: Values,
  { type, method, facts }: Context,
): Refused | undefined {
  const { major } = facts.version;
  if (type !== "hostssl") return wrong('clientcert can only be configured for "hostssl" rows');
  const set = (to: string) => {
    values.set("clientcert", to);
    return undefined;
  };
  const unset = () => {
    values.delete("clientcert");
    return undefined;
  };
  if (major <= 11) {
    if (value === "1") return set("true");
    return method === "cert"
      ? wrong('clientcert can not be set to 0 when using "cert" authentication')
      : unset();
  }
  if (value === "verify-full") return set("verify-full");
  if (major <= 13) {
    if (value === "1" || value === "verify-ca") return set("verify-ca");
    if (value !== "0" && value !== "no-verify")
      return wrong(`invalid value for clientcert: "${value}"`, null);
    const cannot = major === 12 ? "can not" : "cannot";
    return method === "cert"
      ? wrong(`clientcert ${cannot} be set to "no-verify" when using "cert" authentication`)
      : unset();
  }
  if (value !== "verify-ca") return wrong(`invalid value for clientcert: "${value}"`, null);
  if (method !== "cert") return set("verify-ca");
  return wrong(
    'clientcert only accepts "verify-full" when using "cert" authentication',
    'clientcert can only be set to "verify-full" when using "cert" authentication',
  );
}

const isPort = (text: string) => strtol(text, 10).value !== 0;

function checkValue(
  name: string,
  value: string,
  values: Values,
  { facts, notes }: Context,
): Refused | undefined {
  const { major } = facts.version;
  switch (name) {
    case "ldapurl":
      return readLdapUrl(value, values, major);
    case "ldapport":
      return isPort(value) ? undefined : wrong(`invalid LDAP port number: "${value}"`);
    case "ldapscheme":
      // Logged, and the record stands.
      if (value !== "ldap" && value !== "ldaps") notes.push(wrong(`invalid ldapscheme value: "${value}"`));
      return undefined;
    case "radiusservers":
      return checkServers(value);
    case "radiusports": {
      const ports = splitNames(value);
      if (!ports) return wrong(`could not parse RADIUS port list "${value}"`, null);
      return ports.every(isPort) ? undefined : wrong(`invalid RADIUS port number: "${value}"`, null);
    }
    case "radiussecrets":
      return splitNames(value) ? undefined : wrong(`could not parse RADIUS secret list "${value}"`, null);
    case "radiusidentifiers":
      return splitNames(value)
        ? undefined
        : wrong(`could not parse RADIUS identifiers list "${value}"`, null);
    default:
      return undefined;
  }
}

/** Every name is looked up when the file is read. We can only tell of those that cannot exist (RFC 6761). */
function checkServers(value: string): Refused | undefined {
  const servers = splitNames(value);
  if (!servers) return wrong(`could not parse RADIUS server list "${value}"`, null);
  const unknown = servers.find((name) => name === "" || /(?:^|\.)invalid\.?$/i.test(name));
  if (unknown === undefined) return undefined;
  return wrong(
    `could not translate RADIUS server name "${unknown}" to address: Name or service not known`,
    null,
  );
}

/** scheme://host:port/basedn?attribute?scope?filter sets what it names, as OpenLDAP's ldap_url_parse reads it. */
function readLdapUrl(url: string, values: Values, major: number): Refused | undefined {
  const match =
    /^([a-z]+):\/\/([^:/?]*)(?::(\d+))?(?:\/([^?]*)(?:\?([^?]*)(?:\?([^?]*)(?:\?([^?]*))?)?)?)?$/i.exec(url);
  const [, given = "", host, port, basedn, attributes, scope, filter] = match ?? [];
  const scheme = given.toLowerCase();
  const invalid = (why: string) => wrong(`could not parse LDAP URL "${url}": ${why}`);
  // The library numbers its errors like LDAP's results, and the server prints the text of the result.
  if (!LDAP_PORTS.has(/^[a-z]+(?=:\/\/)/i.exec(url)?.[0].toLowerCase() ?? ""))
    return invalid("Time limit exceeded");
  if (!match) return invalid("Compare False");
  if (scope && !LDAP_SCOPES.includes(scope)) return invalid("Strong(er) authentication required");
  if (scheme !== "ldap" && !(major >= 11 && scheme === "ldaps"))
    return wrong(`unsupported LDAP URL scheme: ${scheme}`);
  if (filter && major < 11) return wrong("filters not supported in LDAP URLs");
  if (major >= 11) values.set("ldapscheme", scheme);
  if (host) values.set("ldapserver", host);
  values.set("ldapport", port ?? String(LDAP_PORTS.get(scheme)));
  if (basedn !== undefined) values.set("ldapbasedn", basedn);
  if (attributes) values.set("ldapsearchattribute", attributes.split(",")[0] ?? "");
  values.set("ldapscope", String(Math.max(0, LDAP_SCOPES.indexOf(scope ?? ""))));
  if (filter) values.set("ldapsearchfilter", filter);
  return undefined;
}

const LDAP_PORTS = new Map([
  ["ldap", 389],
  ["ldaps", 636],
  ["ldapi", 0],
  ["cldap", 389],
]);
const LDAP_SCOPES = ["base", "one", "sub"];

function checkMethod(values: Values, context: Context): Refused | undefined {
  if (context.method === "ldap") return checkLdap(values, context.facts.version.major);
  if (context.method === "radius") return checkRadius(values);
  return context.method === "oauth" ? checkOauth(values, context.facts.oauthLibraries) : undefined;
}

const requires = (method: string, argument: string): Refused =>
  wrong(`authentication method "${method}" requires argument ${argument} to be set`);

function checkLdap(values: Values, major: number): Refused | undefined {
  const has = (...names: string[]) => names.some((name) => values.has(name));
  // OpenLDAP finds a server by itself from 12 on.
  if (major <= 11 && !has("ldapserver")) return requires("ldap", '"ldapserver"');
  if (has("ldapprefix", "ldapsuffix")) {
    const search = ["ldapbasedn", "ldapbinddn", "ldapbindpasswd", "ldapsearchattribute"];
    if (major >= 11) search.push("ldapsearchfilter");
    if (has(...search))
      return wrong(
        major >= 18
          ? "cannot mix options for simple bind and search+bind modes"
          : `cannot use ${search.join(", ")}, or ldapurl together with ldapprefix`,
      );
  } else if (!has("ldapbasedn")) return requires("ldap", '"ldapbasedn", "ldapprefix", or "ldapsuffix"');
  if (has("ldapsearchattribute") && has("ldapsearchfilter"))
    return wrong("cannot use ldapsearchattribute together with ldapsearchfilter");
  return undefined;
}

function checkRadius(values: Values): Refused | undefined {
  const count = (name: string) => splitNames(values.get(name) ?? "")?.length ?? 0;
  const servers = count("radiusservers");
  // An empty list counts as none.
  if (servers === 0) return requires("radius", '"radiusservers"');
  if (count("radiussecrets") === 0) return requires("radius", '"radiussecrets"');
  for (const what of ["secrets", "ports", "identifiers"]) {
    const given = count(`radius${what}`);
    if (given > 1 && given !== servers)
      return wrong(
        `the number of RADIUS ${what} (${given}) must be 1 or the same as the number of RADIUS servers (${servers})`,
      );
  }
  return undefined;
}

function checkOauth(values: Values, libraries: string): Refused | undefined {
  for (const name of ["scope", "issuer"]) if (!values.has(name)) return requires("oauth", `"${name}"`);
  if (libraries === "") return wrong("oauth_validator_libraries must be set for authentication method oauth");
  const list = splitIdentifiers(libraries);
  if (!list) return wrong('invalid list syntax in parameter "oauth_validator_libraries"');
  const validator = values.get("validator");
  if (validator === undefined && list.length !== 1)
    return wrong(
      'authentication method "oauth" requires argument "validator" to be set when oauth_validator_libraries contains multiple options',
    );
  if (validator !== undefined && !list.includes(validator))
    return wrong(`validator "${validator}" is not permitted by oauth_validator_libraries`);
  if (values.has("map") && values.get("delegate_ident_mapping") === "1")
    return wrong("map cannot be used in combination with delegate_ident_mapping");
  return undefined;
}

/** get_hba_options() of hbafuncs.c */
function shown(values: Values, { method, facts }: Context): string[] {
  const list: string[] = [];
  const add = (name: string, value = values.get(name)) =>
    value !== undefined && list.push(`${name}=${value}`);
  if (method === "gss" || method === "sspi") {
    if ((values.get("include_realm") ?? "1") === "1") list.push("include_realm=true");
    add("krb_realm");
  }
  add("map");
  const certificate = method === "cert" ? (facts.version.major <= 11 ? "true" : "verify-full") : undefined;
  add("clientcert", certificate ?? values.get("clientcert"));
  if (method === "pam") add("pamservice");
  if (method === "ldap") {
    for (const name of ["ldapserver", "ldapport"]) add(name);
    // The view leaves it out in 11, 12 and the first minors of 13 to 17.
    if (facts.version.major >= 13) add("ldapscheme");
    if (values.get("ldaptls") === "1") list.push("ldaptls=true");
    for (const name of "ldapprefix ldapsuffix ldapbasedn ldapbinddn ldapbindpasswd ldapsearchattribute".split(
      " ",
    ))
      add(name);
    if (facts.version.major >= 11) add("ldapsearchfilter");
    // Subtree unless the URL says otherwise; base is 0, and not shown.
    const scope = values.get("ldapscope") ?? "2";
    if (scope !== "0") add("ldapscope", scope);
  }
  if (method === "radius")
    for (const name of "radiusservers radiussecrets radiusidentifiers radiusports".split(" ")) add(name);
  if (method === "oauth") {
    for (const name of "issuer scope validator".split(" ")) add(name);
    if (values.get("delegate_ident_mapping") === "1") list.push("delegate_ident_mapping=true");
  }
  return list;
}
