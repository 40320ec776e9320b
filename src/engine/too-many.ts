/** More findings of one server than anybody reads; what was given is hardly a configuration. */
export const MOST_FINDINGS = 50_000;

export class TooManyFindings extends Error {
  constructor(path: string) {
    super(`${path}: more than ${MOST_FINDINGS} findings; this is hardly a configuration file`);
  }
}
