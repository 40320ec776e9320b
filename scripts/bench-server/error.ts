/** Ends the script with one line for a person. */
export class BenchError extends Error {}
