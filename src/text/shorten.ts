/** A long text without its middle. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 5) / 2);
  return `${text.slice(0, half)} ... ${text.slice(-half)}`;
}
