import { PART_NAMES, STATE_WORDS } from './public-status.ts'
import type { WatchedStatus } from './status-watch.ts'
import type { StatusAnswer } from './status.schema.ts'

const MOST_INCIDENTS = 20

export function statusAnswer({ at, parts, outages, incidents }: WatchedStatus): StatusAnswer {
  const outageEntries = outages.map(({ part, from, until }) => ({
    part,
    what: `${PART_NAMES[part]}: did not work${until === null ? '; it lasts' : ''}`,
    from: from.toISOString(),
    until: until?.toISOString() ?? null
  }))
  const failureEntries = (incidents ?? []).map(({ part, from, until, open }) => ({
    part,
    what: `${PART_NAMES[part]}: some of it failed${open ? ' and waits for a person' : '; it is settled'}`,
    from: from.toISOString(),
    until: until.toISOString()
  }))
  const entries = [...outageEntries, ...failureEntries].sort((a, b) => b.from.localeCompare(a.from))
  return {
    at: at.toISOString(),
    summary: summaryOf(parts.map(({ state }) => state)),
    parts: parts.map(({ part, state, since }) => ({
      part,
      name: PART_NAMES[part],
      state,
      words: STATE_WORDS[state],
      since: since.toISOString()
    })),
    incidents: incidents === null && outageEntries.length === 0 ? null : entries.slice(0, MOST_INCIDENTS)
  }
}

function summaryOf(states: readonly string[]): string {
  if (states.includes('not-working')) return 'Some parts do not work.'
  if (states.includes('delayed')) return 'Everything works, some of it with a delay.'
  return states.includes('unknown') ? 'Not everything could be looked at yet.' : 'Everything works.'
}

/** The same as a page: no script, nothing loaded. Every word in it is ours. */
export function statusPage(answer: StatusAnswer): string {
  const rows = answer.parts.map(
    ({ name, state, words, since }) =>
      `<tr><th scope="row">${name}</th><td class="${state}">${words}</td><td>since ${shortTime(since)}</td></tr>`
  )
  const incidents =
    answer.incidents === null
      ? '<p>Earlier incidents cannot be looked up at the moment.</p>'
      : answer.incidents.length === 0
        ? '<p>None in the last seven days.</p>'
        : `<ul>${answer.incidents.map(({ what, from, until }) => `<li>${timesOf(from, until)} ${what}</li>`).join('')}</ul>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="60">
<title>Status</title>
<style>
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
body { max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem }
h1 { font-size: 1.75rem; margin: 0 } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem }
table { border-collapse: collapse; width: 100% } th { text-align: left; font-weight: 600 }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid color-mix(in srgb, currentcolor 20%, transparent) }
.working { color: light-dark(#116329, #56d364) } .delayed { color: light-dark(#7a4f01, #e3b341) }
.not-working { color: light-dark(#a40e26, #ff7b72); font-weight: 600 }
</style>
</head>
<body>
<main>
<h1>${answer.summary}</h1>
<p>As of ${shortTime(answer.at)}. Times are UTC.</p>
<table><tbody>
${rows.join('\n')}
</tbody></table>
<h2>Incidents of the last seven days</h2>
${incidents}
</main>
</body>
</html>
`
}

function timesOf(from: string, until: string | null): string {
  if (until === null) return `since ${shortTime(from)}:`
  return shortTime(from) === shortTime(until) ? `${shortTime(from)}:` : `${shortTime(from)} to ${shortTime(until)}:`
}

function shortTime(time: string): string {
  return time.slice(0, 16).replace('T', ' ')
}
