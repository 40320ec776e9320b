const NAMES =
  /(?:pas{1,2}w[a-z]{0,12}|(?<![a-z])pass|pass?phrase|pwd|secrets?|token|credentials?|signature|(?<![a-z])sig|(?:api|access|secret|private|auth|account)[-_]?key)$/i;
/** The same without what stands between the letters. */
const LETTERS = /(?:password|passwd|secrets?|token|(?:api|access|secret|private)key)$/;

/**
 * Does a text end in the name of a secret? A linter is shown names that are spelt wrong: letters that changed places,
 * one or two too many or too few, a quote or a blank in between.
 */
export function endsInSecretName(text: string): boolean {
  const name = text.slice(-30).trimEnd();
  // The server's own words, whatever the token is.
  if (name.endsWith('near token "')) return false;
  if (NAMES.test(name.replace(/['"\\]$/, ""))) return true;
  const letters = name
    .slice(-14)
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  return LETTERS.test(letters) || endsNearly("password", letters, 2) || endsNearly("secret", letters, 1);
}

/** Is the end of a text made of the same letters, but for so many? */
function endsNearly(word: string, text: string, most: number): boolean {
  for (let length = word.length - most; length <= Math.min(word.length + most, text.length); length++)
    // The first letter is seldom the wrong one, and without it `parameters` ends in a secret.
    if (text.at(-length) === word[0] && differences(word, text.slice(-length)) <= most) return true;
  return false;
}

function differences(word: string, other: string): number {
  const extra = [...other];
  let missing = 0;
  for (const letter of word) {
    const at = extra.indexOf(letter);
    if (at === -1) missing++;
    else extra.splice(at, 1);
  }
  return missing + extra.length;
}
