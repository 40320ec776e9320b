import { readHba } from "/tmp/wt/reach/src/cluster/hba.ts";
import { HbaReach } from "/tmp/wt/reach/src/cluster/hba-reach.ts";
import { fileSet } from "/tmp/wt/reach/src/text/files.ts";
import { sourceOf } from "/tmp/wt/reach/src/text/source.ts";
const facts = { version: { major: 18, minor: null }, ssl: true, oauthLibraries: "", userNamespace: false };
const simple = (n: number) => Array.from({ length: n }, (_, at) => `host db${at % 500} user${at % 5000} 10.${at % 256}.${(at >> 8) % 256}.0/24 scram-sha-256`).join("\n");
let seed = 1; const rnd = (n: number) => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return Math.floor((seed / 2 ** 32) * n); };
const types = ["host","host","hostssl","hostnossl","local"];
const mixed = (n: number) => { seed = 1; return Array.from({ length: n }, () => {
  const t = types[rnd(5)]; const list = (p: string, m: number) => rnd(50) === 0 ? "all" : rnd(4) === 0 ? Array.from({length: 1 + rnd(4)}, () => p + rnd(m)).join(",") : p + rnd(m);
  const a = rnd(5) === 0 ? `2001:db8:${rnd(65536).toString(16)}:${rnd(65536).toString(16)}::/${[48,64,56][rnd(3)]}` : rnd(60) === 0 ? "all" : `10.${rnd(256)}.${rnd(256)}.0/${[8,12,16,20,24,24,24,28,32][rnd(9)]}`;
  return `${t} ${list("db",500)} ${list("user",5000)} ${t === "local" ? "" : a} ${rnd(10) === 0 ? "reject" : "scram-sha-256"}`; }).join("\n"); };
const dense = (n: number) => Array.from({ length: n }, (_, at) => `host all all ${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}.${(at * 7) & 255}/32 scram-sha-256`).join("\n");
for (const [name, make] of Object.entries({ simple, mixed, dense })) {
  let last = 0;
  for (const n of [12500, 25000, 50000, 100000]) {
    const source = sourceOf("pg_hba.conf", make(n));
    const t0 = performance.now();
    const hba = readHba(fileSet([source]), source, facts);
    const t1 = performance.now();
    const r = new HbaReach(hba);
    const t2 = performance.now();
    console.log(name, n, "read", (t1 - t0).toFixed(0), "reach", (t2 - t1).toFixed(0), "dead", r.lines.filter((l) => l.open === 0).length, "MB", (process.memoryUsage().rss / 2 ** 20).toFixed(0), last ? Math.log2((t2 - t1) / last).toFixed(2) : "");
    last = t2 - t1;
    if (n === 100000) { const t3 = performance.now(); const kinds: Record<string, number> = {}; hba.lines.forEach((_, i) => { const k = r.verdict(i).kind; kinds[k] = (kinds[k] ?? 0) + 1; }); console.log("  verdicts", kinds, (performance.now() - t3).toFixed(0), "ms"); }
  }
}
