/** Names compare as the servers compare them: in any case, but of ASCII letters only, whatever the language. */
export const foldName = (name: string): string =>
  /[A-Z]/.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name;
