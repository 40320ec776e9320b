import { defineRule } from "../../engine/rule.ts";
import { cipherWords, letsIn, WEAK } from "../support/ciphers.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "tls/weak-ciphers",
  title: "a list of ciphers that lets broken ones in",
  severity: "warning",
  controls: ["C03", "CIS 6.10"],
  docs: () => ({
    why: "The list goes back to a time when other ciphers were good. What it lets in depends on the OpenSSL under the server: a current one leaves most of the broken ones out whatever the list says, an older one, or one built for compatibility, offers them.",
    fix: "Drop the line: the default, `HIGH:MEDIUM:+3DES:!aNULL`, is sound with a current OpenSSL. Or close what is open with ! at the end of the list.",
    traps:
      "A word adds all suites that it fits, + only moves them to the end, - takes them out until they are added again, ! for good. ALL and HIGH have the anonymous suites in them; !ADH takes out only half of those, !aNULL all. `@SECLEVEL=0` lifts OpenSSL's own bans on keys of 512 bits, SHA-1 signatures and anonymous suites. TLS 1.3 has its own list.",
    leave: "For one old client, on a server of its own.",
    see: [settingDocs("connection", "ssl_ciphers"), "https://docs.openssl.org/3.0/man1/openssl-ciphers/"],
  }),
  *check({ conf }) {
    const ciphers = writtenIn(conf, "ssl_ciphers");
    if (!ciphers || conf?.known("ssl")?.value === false) return;
    const words = cipherWords(ciphers.base);
    const weak = WEAK.filter((family) => letsIn(words, family));
    const unguarded = words.includes("@SECLEVEL=0");
    if (weak.length === 0 && !unguarded) return;
    const names = [
      ...weak.map(({ name }) => name),
      ...(unguarded ? ["whatever OpenSSL bans (@SECLEVEL=0)"] : []),
    ];
    const closed = [
      ...words.filter((word) => word !== "@SECLEVEL=0"),
      ...new Set(weak.map(({ without }) => without)),
    ].join(":");
    yield {
      ...unwiseFor(ciphers, closed, `ssl_ciphers lets in ${listed(names)}.`),
      // Without @SECLEVEL=0 a current OpenSSL does not negotiate them.
      ...(!unguarded && { confidence: "medium" }),
    };
  },
});

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
