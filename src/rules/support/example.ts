/** What a rule fires on and what it lets pass, from its fixtures, for its page and for `explain`. */
export interface Example {
  readonly bad: readonly ExampleFile[];
  /** What the program prints of them. */
  readonly said: string;
  readonly good: readonly ExampleFile[];
}

export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}
