/** Disagreements that stay, each with its reason; a text is named by suite and the beginning of its text. */
export const KNOWN: readonly { readonly suite: string; readonly text: RegExp; readonly reason: string }[] =
  [];

export const isKnown = (suite: string, text: string): boolean =>
  KNOWN.some((known) => known.suite === suite && known.text.test(text));
