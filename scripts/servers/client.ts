import { connect, type Socket } from "node:net";

/** A row as text, by column name. */
export type Row = Readonly<Record<string, string | null>>;

/** An error or a notice of the server. */
export interface Message {
  readonly severity: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** What the server answered to one simple query; several statements' rows stand one after the other. */
export interface Answer {
  readonly rows: readonly Row[];
  readonly notices: readonly Message[];
  readonly error: Message | null;
}

/** A session that sends simple queries over a Unix socket, with nothing but `trust` to log in. */
export interface Client {
  /** The answer as it came, also where it is an error. */
  ask(sql: string): Promise<Answer>;
  /** The rows; throws where the server reports an error. */
  rows(sql: string): Promise<readonly Row[]>;
  close(): void;
}

/** Logs in; rejects where nobody listens, or where the server refuses the login. */
export async function openClient(path: string, user = "postgres", database = "postgres"): Promise<Client> {
  const socket = connect(path);
  const session = new Session(socket);
  await new Promise<void>((done, fail) => socket.once("connect", done).once("error", fail));
  socket.write(startupPacket({ user, database }));
  const { error } = await session.answer();
  if (error) {
    socket.destroy();
    throw new Error(error.message);
  }
  const ask = (sql: string) => {
    socket.write(packet("Q", `${sql}\0`));
    return session.answer();
  };
  return {
    ask,
    async rows(sql) {
      const answer = await ask(sql);
      if (answer.error) throw new Error(`${answer.error.message}: ${sql.slice(0, 200)}`);
      return answer.rows;
    },
    close: () => socket.destroy(),
  };
}

/** Collects the server's packets into answers, each of which ends with ReadyForQuery. */
class Session {
  private buffer = Buffer.alloc(0);
  private columns: string[] = [];
  private rows: Row[] = [];
  private notices: Message[] = [];
  private error: Message | null = null;
  private waiting: ((answer: Answer) => void) | null = null;

  constructor(socket: Socket) {
    socket.on("data", (chunk: Buffer) => this.take(chunk));
    socket.on("error", (problem) => this.finish({ severity: "FATAL", message: problem.message }));
    socket.on("close", () => this.finish({ severity: "FATAL", message: "the server closed the connection" }));
  }

  answer(): Promise<Answer> {
    return new Promise((done) => {
      this.waiting = done;
    });
  }

  private take(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    while (this.buffer.length >= 5) {
      const end = 1 + this.buffer.readInt32BE(1);
      if (this.buffer.length < end) return;
      this.handle(String.fromCharCode(this.buffer.readUInt8(0)), this.buffer.subarray(5, end));
      this.buffer = this.buffer.subarray(end);
    }
  }

  private handle(type: string, body: Buffer): void {
    if (type === "T") this.columns = columnNames(body);
    else if (type === "D") this.rows.push(rowOf(this.columns, body));
    else if (type === "N") this.notices.push(messageOf(body));
    else if (type === "E") this.error = messageOf(body);
    else if (type === "R" && body.readInt32BE(0) !== 0)
      this.finish({ severity: "FATAL", message: "the server wants a password" });
    else if (type === "Z") this.finish(this.error);
  }

  private finish(error: Message | null): void {
    const done = this.waiting;
    const answer = { rows: this.rows, notices: this.notices, error: this.error ?? error };
    [this.rows, this.notices, this.error, this.waiting] = [[], [], null, null];
    done?.(answer);
  }
}

export function packet(type: string, body: string): Buffer {
  const text = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

export function startupPacket(options: Record<string, string>): Buffer {
  const pairs = Object.entries(options).map(([name, value]) => `${name}\0${value}\0`);
  const text = Buffer.from(`${pairs.join("")}\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(text.length + 8, 0);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, text]);
}

function columnNames(body: Buffer): string[] {
  const names: string[] = [];
  // After each name stand 18 bytes: table, column, type, length, modifier, format.
  for (let at = 2; at < body.length; ) {
    const end = body.indexOf(0, at);
    names.push(body.toString("utf8", at, end));
    at = end + 19;
  }
  return names;
}

function rowOf(columns: readonly string[], body: Buffer): Row {
  const row: Record<string, string | null> = {};
  let at = 2;
  for (const name of columns) {
    const length = body.readInt32BE(at);
    at += 4;
    row[name] = length < 0 ? null : body.toString("utf8", at, at + length);
    at += Math.max(length, 0);
  }
  return row;
}

export function messageOf(body: Buffer): Message {
  const fields = new Map(
    body
      .toString("utf8")
      .split("\0")
      .map((field) => [field[0], field.slice(1)]),
  );
  return {
    severity: fields.get("S") ?? "",
    message: fields.get("M") ?? "",
    ...optional("detail", fields.get("D")),
    ...optional("hint", fields.get("H")),
  };
}

const optional = (key: string, value: string | undefined) => (value === undefined ? {} : { [key]: value });
