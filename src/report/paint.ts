import { Chalk } from "chalk";

/** What may be coloured; plain text where nobody wants colour. */
export interface Paint {
  error(text: string): string;
  warning(text: string): string;
  info(text: string): string;
  strong(text: string): string;
  /** Gutters, arrows: there, but not to be read. */
  quiet(text: string): string;
}

export const colors = (): Paint => {
  // The sixteen colours that every terminal has, so that a reader's own theme holds.
  const chalk = new Chalk({ level: 1 });
  return {
    error: chalk.red,
    warning: chalk.yellow,
    info: chalk.cyan,
    strong: chalk.bold,
    quiet: chalk.blue,
  };
};
