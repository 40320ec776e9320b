/** A page of PostgreSQL's manual, with an anchor where there is one. */
export const pgDocs = (page: string, anchor = ""): string =>
  `https://www.postgresql.org/docs/current/${page}.html${anchor && `#${anchor}`}`;

/** The entry of a setting in PostgreSQL's manual. */
export const settingDocs = (page: string, setting: string): string =>
  pgDocs(`runtime-config-${page}`, `GUC-${setting.toUpperCase().replaceAll("_", "-")}`);

/** A file of PostgreSQL's source. */
export const pgSource = (path: string): string =>
  `https://github.com/postgres/postgres/blob/master/src/backend/${path}`;

/** PgBouncer's manual. */
export const poolerDocs = (anchor = ""): string =>
  `https://www.pgbouncer.org/config.html${anchor && `#${anchor}`}`;
