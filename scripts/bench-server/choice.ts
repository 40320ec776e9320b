import { BenchError } from "./error.ts";

/** A number over 0. */
export function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new BenchError(`${flag} ${text}: write a number over 0`);
  return value;
}

/** A list of names, each one of those that there are. */
export function chosen<T extends string>(flag: string, names: readonly string[], among: readonly T[]): T[] {
  return names.map((name) => {
    const found = among.find((one) => one === name);
    if (!found) throw new BenchError(`${flag} ${name}: there are ${among.join(", ")}`);
    return found;
  });
}

/** Two numbers, for the data under and over shared_buffers. */
export function pair(flag: string, text: string): readonly [number, number] {
  const [under = "", over = ""] = text.split(",");
  return [positive(flag, under), positive(flag, over)];
}

/** 4GB, 512MB. */
export function memorySize(flag: string, text: string): number {
  const [, digits, unit] = /^(\d+)(MB|GB)$/.exec(text) ?? [];
  if (!digits) throw new BenchError(`${flag} ${text}: write it as 4GB or 512MB`);
  return Number(digits) * (unit === "GB" ? 1024 : 1) * 1024 * 1024;
}
