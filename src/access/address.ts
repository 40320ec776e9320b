/** An IP address as its bytes: 4 for IPv4, 16 for IPv6. */
export type Ip = readonly number[];

/** getaddrinfo() with AI_NUMERICHOST: undefined where the text is no numeric address, and so a host name. */
export function parseIp(text: string): Ip | undefined {
  return parseIpv4(text) ?? parseIpv6(text.replace(/%(?:\d+|lo|eth\d+|en[a-z0-9]+)$/, ""));
}

/** inet_aton(): one to four parts, decimal, octal or hexadecimal; the last fills the bytes that are left. */
function parseIpv4(text: string): Ip | undefined {
  if (!/^[0-9]/.test(text)) return undefined;
  const [a = Number.NaN, b, c, d, more] = text.split(".").map(parsePart);
  if (more !== undefined) return undefined;
  if (d !== undefined) return bytes(a, b, c, d);
  if (c !== undefined) return c < 2 ** 16 ? bytes(a, b, c >>> 8, c & 0xff) : undefined;
  if (b !== undefined) return b < 2 ** 24 ? bytes(a, b >>> 16, (b >>> 8) & 0xff, b & 0xff) : undefined;
  return a < 2 ** 32 ? bytes(a >>> 24, (a >>> 16) & 0xff, (a >>> 8) & 0xff, a & 0xff) : undefined;
}

function bytes(a: number, b = Number.NaN, c = Number.NaN, d = Number.NaN): Ip | undefined {
  return a < 256 && b < 256 && c < 256 && d < 256 ? [a, b, c, d] : undefined;
}

/** Not a number where the server would not take it for one. */
function parsePart(part: string): number {
  if (/^[1-9][0-9]*$/.test(part)) return Number(part);
  if (/^0[xX][0-9a-fA-F]*$/.test(part)) return part.length === 2 ? 0 : Number.parseInt(part, 16);
  return /^0[0-7]*$/.test(part) ? Number.parseInt(part, 8) : Number.NaN;
}

/** inet_pton(AF_INET6). */
function parseIpv6(text: string): Ip | undefined {
  if (!text.includes(":") || !/^[0-9a-fA-F:.]+$/.test(text)) return undefined;
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return undefined;
  const front = groups(head, tail === undefined);
  const back = tail === undefined ? [] : groups(tail, true);
  if (!front || !back) return undefined;
  const missing = 16 - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...front, ...Array.from({ length: missing }, () => 0), ...back];
}

/** Groups of hexadecimal digits; the last may be an IPv4 address. */
function groups(text: string, last: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (part.includes(".")) {
      const ipv4 =
        last && index === parts.length - 1 && /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(part);
      const embedded = ipv4 ? parseIpv4(part) : undefined;
      if (!embedded) return undefined;
      bytes.push(...embedded);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 0xff);
    }
  }
  return bytes;
}

/** inet_ntop(): the text that the server shows. */
export function formatIp(ip: Ip): string {
  if (ip.length === 4) return ip.join(".");
  const words = Array.from({ length: 8 }, (_, at) => ((ip[2 * at] ?? 0) << 8) | (ip[2 * at + 1] ?? 0));
  const zeros = longestZeros(words);
  const hex = (part: readonly number[]) => part.map((word) => word.toString(16)).join(":");
  const ipv4 = ip.slice(12).join(".");
  // glibc writes the last 32 bits of ::x.x.x.x and ::ffff:x.x.x.x as an IPv4 address.
  if (zeros.start === 0 && zeros.length === 6) return `::${ipv4}`;
  if (zeros.start === 0 && zeros.length === 5 && words[5] === 0xffff) return `::ffff:${ipv4}`;
  if (zeros.length < 2) return hex(words);
  return `${hex(words.slice(0, zeros.start))}::${hex(words.slice(zeros.start + zeros.length))}`;
}

function longestZeros(words: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < words.length; start++) {
    let length = 0;
    while (words[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** The mask of a prefix length, in the family of `bytes` bytes. */
export function prefixMask(bits: number, bytes: number): Ip {
  const masks = MASKS[bytes === 4 ? 4 : 16];
  masks[bits] ??= Array.from({ length: bytes }, (_, at) => {
    const left = Math.min(8, Math.max(0, bits - 8 * at));
    return (0xff00 >> left) & 0xff;
  });
  return masks[bits];
}

/** A large file has the same few masks over and over. */
const MASKS: { 4: Ip[]; 16: Ip[] } = { 4: [], 16: [] };
