/** The page's look: the reader's own fonts, light or dark as the reader has it, and plain on paper. */
export const STYLE = `
:root{--page:#f6f7f9;--card:#fff;--ink:#1c2330;--quiet:#5b6675;--line:#dde2e9;--code:#f0f2f6;
--error:#c4283a;--warning:#b06a00;--info:#1f6fb8;--good:#1e8050;--m0:#3d6fb4;--m1:#c9822b;--m2:#7d62ad;--m3:#4f9d94;--mark:#ffe3a8}
@media screen and (prefers-color-scheme:dark){:root{--page:#14181f;--card:#1c222b;--ink:#e4e8ee;--quiet:#97a3b3;--line:#303946;--code:#252c37;
--error:#ff7482;--warning:#f0b050;--info:#6db6f5;--good:#5cc890;--m0:#5b8fd6;--m1:#dd9a45;--m2:#9d84cf;--m3:#68b8ae;--mark:#6a4f14}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2rem 1.25rem 3rem;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:1.9rem;line-height:1.2;margin:.1rem 0 .5rem}
h2{font-size:1.25rem;margin:0 0 .4rem}
h2 small{font-weight:400;color:var(--quiet)}
h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
p{margin:0 0 .6rem}
a{color:inherit}
.tool{color:var(--quiet);margin:0;letter-spacing:.04em}
.lead{font-size:1.1rem}
.quiet,.place{color:var(--quiet);font-size:.9rem}
.place{overflow-wrap:anywhere;margin:.15rem 0 .5rem}
.tiles{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;margin:1.2rem 0 0;padding:0}
.tiles li{flex:1 1 9rem;background:var(--card);border:1px solid var(--line);border-top:4px solid var(--line);border-radius:8px;padding:.6rem 1rem}
.tiles b{display:block;font-size:1.8rem;line-height:1.2}
.tiles .error{border-top-color:var(--error)}.tiles .error b{color:var(--error)}
.tiles .warning{border-top-color:var(--warning)}.tiles .warning b{color:var(--warning)}
.tiles .info{border-top-color:var(--info)}.tiles .info b{color:var(--info)}
.tiles .none b{color:var(--quiet)}
section{margin-top:2.2rem}
.steps,.picture,table{background:var(--card);border:1px solid var(--line);border-radius:8px}
.steps{margin:0;padding:.4rem 1.2rem .4rem 2.6rem}
.steps li{padding:.5rem 0;overflow-wrap:anywhere}
.steps li+li{border-top:1px solid var(--line)}
.steps .write{display:block}
.steps .place{display:block;margin:0}
.picture{padding:1rem 1.2rem}
.server{margin:2rem 0 -1.4rem;font-weight:600}
article{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--line);border-radius:8px;padding:.8rem 1.1rem;margin-top:.8rem;break-inside:avoid}
article.error{border-left-color:var(--error)}article.warning{border-left-color:var(--warning)}article.info{border-left-color:var(--info)}
code,pre,q{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875rem;overflow-wrap:anywhere}
code{background:var(--code);border-radius:4px;padding:.1em .35em}
q{quotes:none}
pre{background:var(--code);border-radius:6px;padding:.5rem .75rem;margin:.3rem 0 .6rem;white-space:pre-wrap}
pre i{font-style:normal;color:var(--quiet);padding-right:.6rem;user-select:none}
mark{background:var(--mark);color:inherit;border-radius:3px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:0}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
.other{margin-top:.3rem}
table{border-collapse:separate;border-spacing:0;width:100%}
th,td{text-align:left;padding:.4rem .9rem;vertical-align:top;overflow-wrap:anywhere}
tr+tr td,tbody tr:first-child td{border-top:1px solid var(--line)}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.legend{border:0;background:none;margin-top:.5rem}.legend td{padding:.3rem .5rem}.legend tr:first-child td{border:0}.legend td:first-child{padding-left:1.8em;text-indent:-1.4em;min-width:9rem}
.over{color:var(--error);font-weight:600}
svg{display:block;width:100%;height:auto;margin:.6rem 0}
svg text{fill:var(--ink);font:13px system-ui,"Segoe UI",Roboto,Arial,sans-serif}
svg .label{font-size:12px;fill:var(--quiet)}
.key{display:inline-block;width:.8em;height:.8em;border-radius:3px;margin:0 .4em 0 .1em;background:currentColor}
.keys{font-size:.9rem;margin:0}.keys .key:not(:first-child){margin-left:1em}
.shared{fill:var(--m0);background:var(--m0)}.sessions{fill:var(--m1);background:var(--m1)}.queries{fill:var(--m2);background:var(--m2)}
.maintenance{fill:var(--m3);background:var(--m3)}.kept{fill:var(--line);background:var(--line)}.cache{fill:var(--code);background:var(--code);stroke:var(--line)}
line.limit{stroke:var(--error);stroke-width:3}.key.limit{background:var(--error)}
.nothing{--how:var(--error)}.weak{--how:var(--warning)}.strong{--how:var(--good)}.rejected{--how:var(--quiet)}
.keys .key{background:var(--how)}
g path{stroke:var(--how);stroke-width:2.5;fill:none}g .head{fill:var(--how);stroke-width:2}
g.rejected path{stroke-dasharray:5 4}g.rejected .head{stroke-dasharray:none;stroke-width:4}
g rect{fill:var(--code);stroke:var(--line)}g .to{stroke:var(--how)}
g .everywhere{stroke:var(--ink);stroke-width:1.5}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.8rem;color:var(--quiet);font-size:.85rem}
@media print{:root{--page:#fff;--card:#fff;--code:#f3f3f3}body{max-width:none;padding:0;font-size:11pt}
section{margin-top:1.2rem}.steps,.picture,tr{break-inside:avoid}h2{break-after:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
