/** The server that a configuration is for. `minor: null` means the newest minor release. */
export interface Version {
  readonly major: number;
  readonly minor: number | null;
}

/** The majors of PostgreSQL whose behaviour is recorded. */
export const MAJORS = [10, 11, 12, 13, 14, 15, 16, 17, 18] as const;
export const NEWEST = 18;

/** "16" and "16.4" for PostgreSQL; undefined where it is no version that we know. */
export function parsePostgresVersion(text: string): Version | undefined {
  const match = /^(\d{2})(?:\.(\d{1,3}))?$/.exec(text.trim());
  if (!match) return undefined;
  const major = Number(match[1]);
  if (!MAJORS.some((known) => known === major)) return undefined;
  return { major, minor: match[2] === undefined ? null : Number(match[2]) };
}

/** Is the version at least this minor release? The newest minor of every major counts as newer than any. */
export function hasMinor(version: Version, major: number, minor: number): boolean {
  return version.major === major && (version.minor === null || version.minor >= minor);
}

export const versionText = ({ major, minor }: Version): string =>
  minor === null ? `${major}` : `${major}.${minor}`;
