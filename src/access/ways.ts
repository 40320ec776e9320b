/** The ways in to a server, one bit each: a transport and, but for the socket, a family of addresses. */
export type Ways = number;

export const SOCKET = 1;
export const PLAIN = 0b0010010;
export const TLS = 0b0100100;
export const GSS = 0b1001000;
export const IPV4 = 0b0001110;
export const IPV6 = 0b1110000;

export const EVERY_WAY = SOCKET | IPV4 | IPV6;

/** Each of them alone, those that a reader would think of first at the front. */
export const EACH_WAY: readonly Ways[] = [SOCKET, TLS, PLAIN, GSS].flatMap((transport) =>
  transport === SOCKET ? [SOCKET] : [transport & IPV4, transport & IPV6],
);
