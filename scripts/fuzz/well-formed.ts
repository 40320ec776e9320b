/** Characters that XML 1.0 has no way to write. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const VOID = new Set(["meta", "br", "hr", "link", "img", "input", "col"]);

/** Why a text is no well-formed XML, or HTML written as if it were; undefined where it is. */
export function malformed(text: string): string | undefined {
  const odd = NO_XML.exec(text);
  if (odd) return `the character U+${odd[0].charCodeAt(0).toString(16)} at ${odd.index}`;
  const open: string[] = [];
  const tags = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+(?:="[^"<]*")?)*)\s*(\/?)>|<[?!][^<>]*>/g;
  let from = 0;
  for (const tag of text.matchAll(tags)) {
    const [whole, close, name = "", attributes = "", empty] = tag;
    const between = text.slice(from, tag.index);
    if (
      open.at(-1) !== "style" &&
      /<|&(?!(?:amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+);)/i.test(between + attributes)
    )
      return `markup in ${JSON.stringify((between + attributes).slice(0, 80))}`;
    from = tag.index + whole.length;
    if (name === "" || empty || VOID.has(name)) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) return `</${name}> closes nothing`;
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  return text.slice(from).trim() === "" ? undefined : "text behind the end";
}
