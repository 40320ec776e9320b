/** A release of PgBouncer; `patch: null` means the newest of that series. */
export interface PoolerVersion {
  readonly minor: number;
  readonly patch: number | null;
}

export const OLDEST_POOLER = 15;
export const NEWEST_POOLER: PoolerVersion = { minor: 25, patch: null };

/** "1.25" and "1.25.2"; undefined where it is no release that we know. */
export function parsePoolerVersion(text: string): PoolerVersion | undefined {
  const [, minor, patch] = /^1\.(\d{1,2})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  const number = Number(minor);
  if (minor === undefined || number < OLDEST_POOLER || number > NEWEST_POOLER.minor) return undefined;
  return { minor: number, patch: patch === undefined ? null : Number(patch) };
}

export const poolerVersionText = ({ minor, patch }: PoolerVersion): string =>
  patch === null ? `1.${minor}` : `1.${minor}.${patch}`;

/** Is the version at least this release, such as "1.24.1"? The newest patch counts as newer than any. */
export function isSince({ minor, patch }: PoolerVersion, release: string): boolean {
  const [, wantedMinor = 0, wantedPatch = 0] = release.split(".").map(Number);
  if (minor !== wantedMinor) return minor > wantedMinor;
  return patch === null || patch >= wantedPatch;
}
