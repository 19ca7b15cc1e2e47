import { asText, isJsonObject } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { SimulatorState } from '../state.ts'
import { zohoWriteCounts } from '../zoho/zoho-write-counts.ts'
import { notesOf } from '../zoho/zoho-notes.ts'
import type { ZohoRecord } from '../zoho/zoho-store.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { pageStyle } from './page-style.ts'

const MAX_LEADS = 200
const MAX_MESSAGES = 20
const MAX_CALLS = 25
const MAX_ATTEMPTS = 15
const CLIP = 160
/** Set by Zoho itself, or shown in the row already. */
const hiddenFields = [
  'id',
  'Owner',
  'Created_By',
  'Modified_By',
  'First_Name',
  'Last_Name',
  'Email',
  'Company',
  'Lead_Status'
]

const clip = (text: string): string => (text.length > CLIP ? `${text.slice(0, CLIP)}…` : text)
const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
const timeOf = (iso: string): string => iso.slice(0, 19).replace('T', ' ')

const panel = (title: string, head: readonly string[], rows: readonly Html[], none: string): Html => html`
  <h2>${title}</h2>
  <div class="panel">
    ${
      rows.length === 0
        ? html`<p class="none">${none}</p>`
        : html`<table>
            <tr>
              ${head.map((name) => html`<th>${name}</th>`)}
            </tr>
            ${rows}
          </table>`
    }
  </div>
`

const card = (label: string, value: number | string, tone = ''): Html =>
  html`<div class="card"><b class="${tone}">${value}</b><span class="soft">${label}</span></div>`

const fieldList = (record: JsonObject): Html => {
  const filled = Object.entries(record).filter(
    ([name, value]) => value !== null && value !== '' && !hiddenFields.includes(name)
  )
  return html`<dl>
    ${filled.map(
      ([name, value]) =>
        html`<dt>${name.replaceAll('_', ' ')}</dt>
          <dd>${textOf(value)}</dd>`
    )}
  </dl>`
}

const noteList = (notes: readonly ZohoRecord[]): Html =>
  html`${notes.map(
    (note) =>
      html`<details>
        <summary>${textOf(note.Note_Title) || 'Note'}</summary>
        <dl>
          <dt>${timeOf(note.Created_Time)}</dt>
          <dd>${textOf(note.Note_Content)}</dd>
        </dl>
      </details>`
  )}`

const leadRow = (state: SimulatorState, lead: ZohoRecord): Html => html`
  <tr>
    <td>
      ${[asText(lead.First_Name), asText(lead.Last_Name)].filter(Boolean).join(' ')}<br /><span class="soft"
        >${textOf(lead.Email)}</span
      >
    </td>
    <td>${textOf(lead.Company)}</td>
    <td><span class="badge">${textOf(lead.Lead_Status) || '–'}</span></td>
    <td>${timeOf(textOf(lead.Demo_Date))}</td>
    <td class="wide">${clip(textOf(lead.Pain_Points))}</td>
    <td class="wide">
      <details data-key="${lead.id}">
        <summary>all fields</summary>
        ${fieldList(lead)}
      </details>
    </td>
    <td class="wide">${noteList(notesOf(state.zoho, lead.id))}</td>
  </tr>
`

const leadsPanel = (state: SimulatorState): Html => {
  const leads = state.zoho.list('Leads')
  return panel(
    `Zoho CRM: leads (${leads.length})`,
    ['Lead', 'Company', 'Status', 'Demo (UTC)', 'Pain points', 'Fields', 'Notes'],
    leads.slice(-MAX_LEADS).map((lead) => leadRow(state, lead)),
    'No leads yet. Send the sample day, and they appear here.'
  )
}

const slackPanel = (state: SimulatorState): Html =>
  panel(
    `Slack messages (${state.slack.list().length})`,
    ['At', 'Text'],
    state.slack
      .list()
      .slice(-MAX_MESSAGES)
      .reverse()
      .map(
        ({ at, text, payload }) =>
          html`<tr>
            <td>${timeOf(at)}</td>
            <td>${text || clip(textOf(payload))}</td>
          </tr>`
      ),
    'Nobody was alerted.'
  )

const faultsPanel = (state: SimulatorState): Html =>
  panel(
    'Faults in force',
    ['Rule', 'Vendor', 'Route', 'Kind', 'Probability', 'Asked', 'Hit'],
    state.faults.list().map(
      ({ rule, seen, hits }) =>
        html`<tr>
          <td>${rule.id}</td>
          <td>${rule.vendor}</td>
          <td>${rule.route ?? 'all'}</td>
          <td>${Array.isArray(rule.kind) ? rule.kind.join(', ') : rule.kind} ${rule.code}</td>
          <td class="number">${rule.probability ?? 1}</td>
          <td class="number">${seen}</td>
          <td class="number">${hits}</td>
        </tr>`
    ),
    'None: every vendor behaves. PUT /_control/faults changes that.'
  )

const countsPanel = (state: SimulatorState): Html =>
  panel(
    'Calls by route',
    ['Vendor', 'Route', 'Status', 'Fault', 'Calls'],
    state.journal.counts().map(
      ({ vendor, route, status, fault, count }) =>
        html`<tr>
          <td>${vendor}</td>
          <td><code>${route}</code></td>
          <td class="${status !== null && status < 400 ? 'good' : 'bad'}">${status ?? 'none'}</td>
          <td>${fault}</td>
          <td class="number">${count}</td>
        </tr>`
    ),
    'Nobody called yet.'
  )

const callsPanel = (state: SimulatorState): Html =>
  panel(
    'Latest calls',
    ['At', 'Vendor', 'Call', 'Status', 'Body'],
    state.journal
      .list({ limit: MAX_CALLS })
      .reverse()
      .map(
        ({ at, vendor, method, path, status, fault, body }) =>
          html`<tr>
            <td>${timeOf(at)}</td>
            <td>${vendor}</td>
            <td><code>${method} ${clip(path)}</code></td>
            <td>${status ?? '–'} <span class="bad">${fault}</span></td>
            <td class="wide"><code>${clip(body)}</code></td>
          </tr>`
      ),
    'Nobody called yet.'
  )

const attemptsPanel = (state: SimulatorState): Html =>
  panel(
    `Webhooks sent from here (${state.deliveries.attempts().length} attempts, ${state.deliveries.waiting()} waiting)`,
    ['At', 'Webhook', 'Attempt', 'Status', 'Misbehaviour'],
    state.deliveries
      .attempts()
      .slice(-MAX_ATTEMPTS)
      .reverse()
      .map(
        ({ at, name, attempt, status, modes }) =>
          html`<tr>
            <td>${timeOf(at)}</td>
            <td>${name}</td>
            <td class="number">${attempt}</td>
            <td>${status}</td>
            <td>${modes.join(', ')}</td>
          </tr>`
      ),
    'None: the sample day is sent by its own command, or by POST /_control/deliveries.'
  )

/** Replaces the content every few seconds, keeps what is open, and rests while the page is hidden. */
const REFRESH = `
const main = document.querySelector('main')
setInterval(async () => {
  if (document.hidden) return
  const answer = await fetch('/').catch(() => undefined)
  if (answer === undefined || !answer.ok) return
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')
  const open = [...main.querySelectorAll('details[open][data-key]')].map((one) => one.dataset.key)
  if (main.querySelector('details[open]:not([data-key])') !== null) return
  for (const one of next.querySelectorAll('details[data-key]')) one.open = open.includes(one.dataset.key)
  main.replaceChildren(...next.childNodes)
}, 3000)
`

/** What the vendors hold, as one page for people. */
export const overviewPage = (state: SimulatorState): string => {
  const writes = zohoWriteCounts(state.zoho)
  const calls = state.journal.counts().reduce((sum, { count }) => sum + count, 0)
  const notes = state.zoho.list('Notes').filter(isJsonObject).length
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Simulated vendors</title>
        <style>
          ${{ markup: pageStyle }}
        </style>
        <noscript><meta http-equiv="refresh" content="5" /></noscript>
      </head>
      <body>
        <main>
          <header>
            <h1>Simulated vendors</h1>
            <span class="soft"
              >stand-ins for Zoho, Slack, Gemini, OpenAI, Calendly and Read.ai ·
              ${timeOf(state.clock.now().toISOString())} UTC</span
            >
          </header>
          <div class="cards">
            ${card('leads', state.zoho.list('Leads').length)} ${card('notes', notes)}
            ${card('CRM inserts', writes.inserts)} ${card('CRM updates', writes.updates)}
            ${card('updates that changed nothing', writes.superfluous)}
            ${card('model answers', state.answers.answered())} ${card('Slack messages', state.slack.list().length)}
            ${card('calls', calls)}
            ${card('fault rules', state.faults.list().length, state.faults.list().length > 0 ? 'bad' : '')}
          </div>
          ${leadsPanel(state)} ${slackPanel(state)} ${faultsPanel(state)} ${countsPanel(state)} ${attemptsPanel(state)}
          ${callsPanel(state)}
        </main>
        <script>
          ${{ markup: REFRESH }}
        </script>
      </body>
    </html>`
  return page.markup
}
