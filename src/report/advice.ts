import type { Finding } from "../engine/report.ts";

const WHEN = { read: "start", start: "start", reload: "reload", login: "log anybody in" } as const;

/** What the server does, such as "does not start". */
export const serverDoes = ({ effect, when }: NonNullable<Finding["server"]>): string =>
  effect === "refuses" ? `does not ${WHEN[when]}` : effect;

/** The same behind "The server". */
export const serverVerb = (server: NonNullable<Finding["server"]>): string =>
  server.effect === "ignored" ? "ignores it" : serverDoes(server);

/** Its own words in one line; `dash` stands between the message and what it adds. */
export const serverSays = ({ message, detail }: NonNullable<Finding["server"]>, dash: string): string =>
  [message, detail].filter((part) => part !== undefined).join(dash);

/** An empty value has to be seen. */
export const toWrite = (suggested: string): string => (suggested === "" ? "''" : suggested);

const TAKES = {
  reload: "takes a reload",
  restart: "takes a restart",
  session: "takes effect in new sessions",
  initdb: "takes a new initdb",
} as const;

/** What it takes for the change to be in effect. */
export const takes = ({ apply }: Finding): string | undefined => apply && TAKES[apply];

/** Controls that somebody outside can look up; the others are rows of our own surveys. */
export const published = (controls: readonly string[] = []): readonly string[] =>
  controls.filter((control) => /^(?:CIS|STIG)\b/.test(control));

/** The finding in lines of plain text: what is wrong, what the server does, what to write. */
export function sentences(finding: Finding): string[] {
  const { message, server, suggested } = finding;
  const after = takes(finding);
  return [
    message,
    ...(server ? [`The server ${serverVerb(server)}: ${serverSays(server, " - ")}`] : []),
    ...(suggested !== undefined ? [`Write ${toWrite(suggested)}${after ? ` (${after})` : ""}`] : []),
  ];
}
