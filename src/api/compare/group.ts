import { poolerVersionText } from "../../catalog/pooler-version.ts";
import { versionText } from "../../catalog/version.ts";
import { standbyLimits } from "../../rules/support/standby-limits.ts";
import { hasProgram, nameIn, type Takes, takesOf } from "./compared.ts";
import { ownerOf } from "./expected.ts";
import type { Ignored } from "./ignored.ts";
import type { Standing } from "./pair.ts";
import { type AccessText, defaultIn, type ServerValues } from "./server-values.ts";
import type { Held } from "./values-pool.ts";

/** Servers that have the same value, each with where it has it; undefined: they have no such setting or entry. */
export interface Variant {
  readonly value: Held | undefined;
  readonly servers: readonly { readonly path: string; readonly held: Held | undefined }[];
}

/** A setting that not all servers of a group have alike. */
export interface Deviation {
  readonly setting: string;
  readonly standing: Exclude<Standing, "default" | "release">;
  readonly takes: Takes;
  /** Of whom it is said: what counts on standbys only is compared among them. */
  readonly among: "all" | "standbys" | "others";
  readonly of: number;
  /** What more than half of them have. */
  readonly usual: Variant | undefined;
  readonly others: readonly Variant[];
}

export interface GroupComparison {
  readonly servers: readonly ServerValues[];
  readonly deviations: readonly Deviation[];
  readonly access: readonly AccessVariants[];
  /** Settings of a server that cannot be told, by path. */
  readonly unknown: ReadonlyMap<string, readonly string[]>;
}

/** Files about who gets in that have the same lines, the most frequent first. */
export interface AccessVariants {
  readonly file: AccessText["file"];
  readonly of: number;
  readonly variants: readonly { readonly path: string; readonly servers: readonly string[] }[];
}

export function compareGroup(servers: readonly ServerValues[], ignored: Ignored): GroupComparison {
  const keys = new Set(servers.flatMap(({ values }) => [...values.keys()]));
  for (const key of [...keys])
    for (const name of new Set(servers.map((server) => nameIn(server, key))))
      if (name !== key) keys.delete(name);
  const deviations = [...keys]
    .filter((key) => !ignored(key))
    .sort()
    .flatMap((key) => deviationsOf(key, servers));
  return {
    servers,
    deviations: [...releases(servers), ...deviations],
    access: accessVariants(servers).filter(({ file }) => !ignored(file)),
    unknown: new Map(
      servers.flatMap(({ path, unknown }) => {
        const names = [...unknown.keys()].filter((key) => !ignored(key));
        return names.length > 0 ? [[path, names.filter((key) => keys.has(key))]] : [];
      }),
    ),
  };
}

/** The release is told like a setting. */
function releases(servers: readonly ServerValues[]): Deviation[] {
  const textOf = {
    PostgreSQL: ({ postgres }: ServerValues) => postgres && versionText(postgres),
    PgBouncer: ({ pgbouncer }: ServerValues) => pgbouncer && poolerVersionText(pgbouncer),
  };
  return Object.entries(textOf).flatMap(([setting, text]) => {
    const having = servers.filter((server) => text(server) !== null);
    const held = (server: ServerValues) => ({
      same: text(server) ?? "",
      shown: text(server) ?? "",
      from: null,
    });
    // It stands in no file.
    const variants = variantsOf(having, held).map(({ value, servers: its }) => ({
      value,
      servers: its.map(({ path }) => ({ path, held: undefined })),
    }));
    return deviation(setting, "drift", null, "all", variants);
  });
}

function deviationsOf(key: string, servers: readonly ServerValues[]): Deviation[] {
  const held = holder(key);
  const parent = servers.map(({ values }) => values.get(key)?.of).find((of) => of !== undefined);
  const having = servers.filter(
    (server) =>
      hasProgram(server, key) &&
      !server.unknown.has(key) &&
      (parent === undefined || server.values.has(parent)),
  );
  const [first] = having;
  if (!first) return [];
  const takes = having.map((server) => takesOf(server, key)).find((its) => its !== null) ?? null;
  const standbys = having.filter(({ standby }) => standby);
  const others = having.filter(({ standby }) => !standby);
  const owner = ownerOf(key);
  if (owner === "role" && standbys.length > 0)
    return [
      ...deviation(key, "drift", takes, "standbys", variantsOf(standbys, held)),
      ...deviation(key, "drift", takes, "others", variantsOf(others, held)),
    ];
  const [primary, another] = others;
  if (primary && !another && first.postgres && standbyLimits(first.postgres).includes(key))
    return limited(key, takes, primary, standbys, held);
  const standing = owner === "host" ? "host" : owner === "group" ? "drift" : "standby";
  return deviation(key, standing, takes, "all", variantsOf(having, held));
}

type Holder = (server: ServerValues) => Held | undefined;

/** What a server has under a name; what is so for a whole release is looked up once. */
function holder(key: string): Holder {
  const known = new Map<string, { name: string; usual: Held | undefined }>();
  return (server) => {
    const { postgres, pgbouncer } = server;
    const release = `${postgres && versionText(postgres)} ${pgbouncer && poolerVersionText(pgbouncer)}`;
    const facts = known.get(release) ?? { name: nameIn(server, key), usual: defaultIn(server, key) };
    known.set(release, facts);
    return server.values.get(facts.name) ?? facts.usual;
  };
}

/** Standbys with less than their primary do not start; with more they do. */
function limited(
  key: string,
  takes: Takes,
  primary: ServerValues,
  standbys: readonly ServerValues[],
  held: Holder,
): Deviation[] {
  const least = Number(held(primary)?.same);
  const serving = holder("hot_standby");
  const refused = (server: ServerValues) =>
    Number(held(server)?.same) < least && serving(server)?.same !== "off";
  const small = standbys.filter(refused);
  const of = standbys.length + 1;
  const usual = { value: held(primary), servers: [{ path: primary.path, held: held(primary) }] };
  const tooSmall = variantsOf(small, held);
  return [
    ...(small.length > 0
      ? [
          {
            setting: key,
            standing: "too-small",
            takes,
            among: "standbys",
            of,
            usual,
            others: tooSmall,
          } as const,
        ]
      : []),
    ...deviation(
      key,
      "standby",
      takes,
      "all",
      variantsOf([primary, ...standbys.filter((one) => !small.includes(one))], held),
    ),
  ];
}

/** The most frequent first. */
function variantsOf(servers: readonly ServerValues[], held: Holder): Variant[] {
  const all = servers.map((server) => ({ path: server.path, held: held(server) }));
  return alike(all, (one) => one.held?.same).map((its) => ({ value: its[0].held, servers: its }));
}

/** Those with the same key together, the largest group first. */
function alike<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined) {
  const groups = new Map<string | undefined, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()].sort((one, other) => other.length - one.length);
}

/** None where all have the same. */
function deviation(
  setting: string,
  standing: Deviation["standing"],
  takes: Takes,
  among: Deviation["among"],
  variants: readonly Variant[],
): Deviation[] {
  const [first, ...others] = variants;
  if (!first || others.length === 0) return [];
  const of = variants.reduce((sum, { servers }) => sum + servers.length, 0);
  const usual = first.servers.length * 2 > of ? first : undefined;
  return [{ setting, standing, takes, among, of, usual, others: usual ? others : variants }];
}

function accessVariants(servers: readonly ServerValues[]): AccessVariants[] {
  return (["pg_hba.conf", "auth_hba_file"] as const).flatMap((file) => {
    const having = servers.flatMap(({ path, access }) =>
      access.filter((its) => its.file === file).map((its) => ({ server: path, ...its })),
    );
    const variants = alike(having, ({ text }) => text).map((its) => ({
      path: its[0].path,
      servers: its.map(({ server }) => server),
    }));
    return variants.length < 2 ? [] : [{ file, of: having.length, variants }];
  });
}
