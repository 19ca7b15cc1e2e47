import { asText } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { CrmName } from '../crm/crm-lead.ts'
import { hubspotWriteCounts } from '../hubspot/hubspot-write-counts.ts'
import type { SimulatorState } from '../state.ts'
import { zohoWriteCounts } from '../zoho/zoho-write-counts.ts'
import { notesOf } from '../zoho/zoho-notes.ts'
import type { HubspotObject } from '../hubspot/hubspot-store.ts'
import type { ZohoRecord } from '../zoho/zoho-store.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { pageStyle } from './page-style.ts'
import { clip, panel, timeOf } from './panel.ts'
import { twilioPanels } from './twilio-panels.ts'

const MAX_LEADS = 200
const MAX_MESSAGES = 20
const MAX_CALLS = 25
const MAX_ATTEMPTS = 15
/** Set by the CRM itself, or shown in the row already. */
const hiddenFields = [
  'id',
  'Owner',
  'Created_By',
  'Modified_By',
  'First_Name',
  'Last_Name',
  'Email',
  'Company',
  'Lead_Status',
  'hs_object_id',
  'firstname',
  'lastname',
  'email',
  'company',
  'hs_lead_status'
]

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

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

/** What the page shows of a lead, whichever CRM holds it. */
interface LeadOnPage {
  id: string
  name: string
  email: string
  company: string
  status: string
  demo: string
  painPoints: string
  fields: JsonObject
  notes: { title: string; at: string; text: string }[]
}

const zohoLead =
  (state: SimulatorState) =>
  (lead: ZohoRecord): LeadOnPage => ({
    id: lead.id,
    name: [asText(lead.First_Name), asText(lead.Last_Name)].filter(Boolean).join(' '),
    email: textOf(lead.Email),
    company: textOf(lead.Company),
    status: textOf(lead.Lead_Status),
    demo: textOf(lead.Demo_Date),
    painPoints: textOf(lead.Pain_Points),
    fields: lead,
    notes: notesOf(state.zoho, lead.id).map((note) => ({
      title: textOf(note.Note_Title) || 'Note',
      at: note.Created_Time,
      text: textOf(note.Note_Content)
    }))
  })

const hubspotContact =
  (state: SimulatorState) =>
  ({ id, properties }: HubspotObject): LeadOnPage => ({
    id: `hubspot-${id}`,
    name: [properties.firstname, properties.lastname].filter(Boolean).join(' '),
    email: properties.email ?? '',
    company: properties.company ?? '',
    status: properties.hs_lead_status ?? '',
    demo: properties.demo_date ?? '',
    painPoints: properties.pain_points ?? '',
    fields: properties,
    notes: state.hubspot.associationsOf('contacts', id, 'notes').flatMap(({ toId }) => {
      const note = state.hubspot.get('notes', toId)
      return note === undefined ? [] : [{ title: 'Note', at: note.createdAt, text: note.properties.hs_note_body ?? '' }]
    })
  })

const leadRow = ({ id, name, email, company, status, demo, painPoints, fields, notes }: LeadOnPage): Html => html`
  <tr>
    <td>${name}<br /><span class="soft">${email}</span></td>
    <td>${company}</td>
    <td><span class="badge">${status || '–'}</span></td>
    <td class="whole">${timeOf(demo)}</td>
    <td class="wide">${clip(painPoints)}</td>
    <td class="wide">
      <details data-key="${id}">
        <summary>all fields</summary>
        ${fieldList(fields)}
      </details>
    </td>
    <td class="wide">
      ${notes.map(
        ({ title, at, text }) =>
          html`<details>
            <summary>${title}</summary>
            <dl>
              <dt>${timeOf(at)}</dt>
              <dd>${text}</dd>
            </dl>
          </details>`
      )}
    </td>
  </tr>
`

const leadHeadings = ['Lead', 'Company', 'Status', 'Demo (UTC)', 'Pain points', 'Fields', 'Notes']

/** The leads of one CRM. HubSpot's are shown only where somebody uses it. */
const leadsPanel = (state: SimulatorState, crm: CrmName): Html | null => {
  const contacts = state.hubspot.list('contacts')
  if (crm === 'hubspot' && contacts.length === 0) return null
  const leads = crm === 'zoho' ? state.zoho.list('Leads').map(zohoLead(state)) : contacts.map(hubspotContact(state))
  return panel(
    `${crm === 'zoho' ? 'Zoho CRM: leads' : 'HubSpot: contacts'} (${leads.length})`,
    leadHeadings,
    leads.slice(-MAX_LEADS).map(leadRow),
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
            <td class="whole">${timeOf(at)}</td>
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
            <td class="whole">${timeOf(at)}</td>
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
            <td class="whole">${timeOf(at)}</td>
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
  const [zoho, hubspot] = [zohoWriteCounts(state.zoho), hubspotWriteCounts(state.hubspot)]
  const calls = state.journal.counts().reduce((sum, { count }) => sum + count, 0)
  const leads = state.zoho.list('Leads').length + state.hubspot.list('contacts').length
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
              >stand-ins for Zoho, HubSpot, Slack, Gemini, OpenAI, Calendly, Read.ai and Twilio ·
              ${timeOf(state.clock.now().toISOString())} UTC</span
            >
            <a href="/mailbox">Mailbox (${state.mailbox.list().length})</a>
          </header>
          <div class="cards">
            ${card('leads', leads)} ${card('notes', zoho.notes + hubspot.notes)}
            ${card('CRM inserts', zoho.inserts + hubspot.inserts)}
            ${card('CRM updates', zoho.updates + hubspot.updates)}
            ${card('updates that changed nothing', zoho.superfluous + hubspot.superfluous)}
            ${card('model answers', state.answers.answered())} ${card('Slack messages', state.slack.list().length)}
            ${card('API calls', calls)} ${card('phone calls', state.twilio.calls.list().length)}
            ${card('text messages', state.twilio.messages.list().length)}
            ${card('fault rules', state.faults.list().length, state.faults.list().length > 0 ? 'bad' : '')}
          </div>
          ${leadsPanel(state, 'zoho')} ${leadsPanel(state, 'hubspot')} ${twilioPanels(state)} ${slackPanel(state)}
          ${faultsPanel(state)} ${countsPanel(state)} ${attemptsPanel(state)} ${callsPanel(state)}
        </main>
        <script>
          ${{ markup: REFRESH }}
        </script>
      </body>
    </html>`
  return page.markup
}
