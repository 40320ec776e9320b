/** What a table has for a word that somebody wrote. Every object answers to `constructor`, which no table of ours means. */
export const entryOf = <Entry>(table: Readonly<Record<string, Entry>>, word: string): Entry | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
