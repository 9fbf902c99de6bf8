"""The report's stylesheet; it stands in the page itself."""

STYLE = """
:root{color-scheme:light dark;--back:#fbfaf8;--text:#22222a;--soft:#6a6a76;--line:#d9d7d2;--ours:#4a5fd0;
--other:#b9b6c6;--positive:#2f8f6b;--negative:#c9573f}
@media(prefers-color-scheme:dark){:root{--back:#16161c;--text:#e8e7ec;--soft:#9c9aa8;--line:#34343f;
--ours:#8c9cff;--other:#5a5968;--positive:#5cc39a;--negative:#f08a70}}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:52rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:0 0 .25rem}
section{margin-top:2.5rem}section>p{margin:0 0 1rem;color:var(--soft)}
.verdict{padding:.75rem 1rem;border-left:4px solid var(--positive);background:color-mix(in srgb,
var(--positive) 10%,transparent)}
.refused{border-color:var(--negative);background:color-mix(in srgb,var(--negative) 10%,transparent)}
svg{max-width:100%;height:auto}svg text{fill:var(--text);font-size:12px}svg .axis{fill:var(--soft)}
svg .big{font-size:18px;font-weight:600}polyline{fill:none;stroke:var(--ours);stroke-width:2}
polyline.ideal{stroke:var(--line);stroke-dasharray:4 4}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.875rem}
th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:500}
.legend span{display:inline-block;width:.8rem;height:.8rem;border-radius:3px;margin:0 .2rem 0 .8rem}
.legend .ours{background:var(--ours)}.legend .other{background:var(--other)}
"""
