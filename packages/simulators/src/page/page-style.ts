/** The look of the overview page, light and dark. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2330; --soft: #667085; --line: #e3e7ee; --card: #fff; --back: #f5f7fa; --mark: #2f6fed; --bad: #c4320a; --good: #087443 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf2; --soft: #98a2b3; --line: #2b3444; --card: #171d28; --back: #0f141c; --mark: #84adff; --bad: #ff9c66; --good: #6ce9a6 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--back); color: var(--ink); font: 14px/1.45 system-ui, sans-serif }
main { max-width: 1280px; margin: 0 auto; padding: 24px 20px 60px }
header { display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap }
h1 { font-size: 20px; margin: 0 } h2 { font-size: 15px; margin: 28px 0 8px }
.soft { color: var(--soft) } .bad { color: var(--bad) } .good { color: var(--good) }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px; margin-top: 18px }
.card, .panel { background: var(--card); border: 1px solid var(--line); border-radius: 10px }
.card { padding: 12px 14px } .card b { display: block; font-size: 22px; font-weight: 600 }
.panel { overflow-x: auto }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 7px 12px; vertical-align: top; border-top: 1px solid var(--line) }
tr:first-child > th { border-top: 0 } th { color: var(--soft); font-weight: 500; white-space: nowrap }
td { max-width: 240px; overflow-wrap: break-word } td.whole { white-space: nowrap; max-width: none } td.wide { min-width: 160px; max-width: 420px } td.number { text-align: right; font-variant-numeric: tabular-nums }
summary { cursor: pointer } details dl { margin: 8px 0; display: grid; grid-template-columns: max-content 1fr; gap: 3px 14px }
details dt { color: var(--soft) } details dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
.badge { display: inline-block; padding: 1px 8px; border-radius: 99px; border: 1px solid var(--line); font-size: 12px; white-space: nowrap }
code { font: 12px/1.4 ui-monospace, monospace } a { color: var(--mark) }
p.none { margin: 0; padding: 12px 14px; color: var(--soft) }
`
