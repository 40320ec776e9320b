import { connect, type Socket } from "node:net";
import { connect as encrypt } from "node:tls";
import { messageOf, packet, startupPacket } from "./client.ts";

/** Where a client comes from, and how. */
export interface Way {
  /** The path of the Unix socket, or where the server listens and the address that the client binds to. */
  readonly to: string | { readonly host: string; readonly port: number; readonly from: string };
  readonly tls: boolean;
}

/** Asks to log in, with a password that is wrong where the server wants one; what the server says then, or null. */
export async function tryLogin(way: Way, startup: Record<string, string>): Promise<string | null> {
  const plain =
    typeof way.to === "string"
      ? connect(way.to)
      : connect({ host: way.to.host, port: way.to.port, localAddress: way.to.from });
  plain.setNoDelay();
  try {
    await event(plain, "connect");
    const socket = way.tls ? await encrypted(plain) : plain;
    socket.write(startupPacket(startup));
    return await answer(socket);
  } finally {
    plain.destroy();
  }
}

/** SSLRequest, and what follows a yes. */
async function encrypted(socket: Socket): Promise<Socket> {
  socket.write(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]));
  const reply = await new Promise<Buffer>((done) => socket.once("data", done));
  if (reply.toString("latin1") !== "S") throw new Error("the server has no TLS");
  const secure = encrypt({ socket, rejectUnauthorized: false });
  await event(secure, "secureConnect");
  return secure;
}

const event = (socket: Socket, name: string) =>
  new Promise<void>((done, fail) => socket.once(name, () => done()).once("error", fail));

function answer(socket: Socket): Promise<string | null> {
  let buffer = Buffer.alloc(0);
  return new Promise((done, fail) => {
    socket.on("error", fail);
    socket.on("close", () => fail(new Error("the server closed the connection without a word")));
    socket.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      while (buffer.length >= 5 && buffer.length > buffer.readInt32BE(1)) {
        const end = 1 + buffer.readInt32BE(1);
        const [type, body] = [String.fromCharCode(buffer.readUInt8(0)), buffer.subarray(5, end)];
        buffer = buffer.subarray(end);
        if (type === "E") done(messageOf(body).message);
        else if (type === "Z") done(null);
        else if (type === "R" && body.readInt32BE(0) === 3) socket.write(packet("p", "wrong\0"));
      }
    });
  });
}
