/** A release of PgBouncer; `patch: null` means the newest of that series. */
export interface PoolerVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number | null;
}

export const NEWEST_POOLER: PoolerVersion = { major: 1, minor: 25, patch: null };

/** "1.25" and "1.25.2"; undefined where it is no release that we know. */
export function parsePoolerVersion(text: string): PoolerVersion | undefined {
  const [, minor, patch] = /^1\.(\d{1,2})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  const number = Number(minor);
  if (minor === undefined || number < 15 || number > 25) return undefined;
  return { major: 1, minor: number, patch: patch === undefined ? null : Number(patch) };
}

export const poolerVersionText = ({ major, minor, patch }: PoolerVersion): string =>
  patch === null ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
