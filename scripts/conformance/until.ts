/** Asks again every millisecond until there is an answer. */
export async function untilFound<T>(probe: () => T | null | undefined): Promise<T> {
  for (let waited = 0; waited < 5000; waited += 1) {
    const found = probe();
    if (found !== undefined && found !== null) return found;
    await new Promise((done) => setTimeout(done, 1));
  }
  throw new Error("the server did not answer within 5 s");
}
