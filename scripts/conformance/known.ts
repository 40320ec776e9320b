import type { Probe } from "./probe.ts";

interface Known {
  readonly suite: Probe["suite"];
  readonly text: RegExp;
  /** The releases that it is about; absent: all. */
  readonly on?: readonly string[];
  readonly reason: string;
}

/** Disagreements that stay, each with its reason. */
export const KNOWN: readonly Known[] = [
  {
    suite: "start",
    text: /nope\.invalid'$|300\.1\.1\.1/m,
    reason: "whether a host name has an address is known to the machine's name service only",
  },
  {
    suite: "pgbouncer",
    text: /client_tls_sslmode = (?!disable|on|\n|verify-full).*\nclient_tls_key_file = nope\.key\nclient_tls_cert_file/,
    reason: "both refuse; the words for a file that cannot be read come from the TLS library of each release",
  },
  {
    suite: "pgbouncer",
    text: /^server_tls_ciphers = nonsense$/m,
    reason: "which names of ciphers there are is up to the OpenSSL of the machine",
  },
  {
    suite: "pgbouncer",
    text: /^\[pgbouncer\]\nlisten_port = -1\n$/,
    reason:
      "without listen_addr the port is not used; we refuse it all the same, for the address may stand elsewhere",
  },
];

export const isKnown = ({ suite, text }: Probe, release: string): boolean =>
  KNOWN.some(
    (known) => known.suite === suite && known.text.test(text) && (known.on?.includes(release) ?? true),
  );
