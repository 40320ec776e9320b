/** What the server says about a setting in its own words, as `short_desc` and `extra_desc` of pg_settings. */
export interface SettingText {
  readonly short: string;
  readonly extra?: string;
}

/** The words of the newest server that has the setting. Read on demand: only `explain` wants them. */
export async function settingText(name: string): Promise<SettingText | undefined> {
  const { default: catalog } = await import("./texts.json");
  const texts = new Map<string, readonly (string | undefined)[]>(Object.entries(catalog));
  const [short, extra] = texts.get(name) ?? [];
  if (short === undefined) return undefined;
  return extra === undefined ? { short } : { short, extra };
}
