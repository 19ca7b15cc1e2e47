import t from 'tap'
import { associate } from '../hubspot/hubspot-associations.ts'
import { createState } from '../state.ts'
import { html } from './html.ts'
import { overviewPage } from './overview-page.ts'
import { pageStyle } from './page-style.ts'

const HOSTILE = `<script>alert("x")</script>'&`

await t.test('texts are escaped wherever they stand, nested markup is not', async (t) => {
  const inner = html`<b title="${HOSTILE}">${HOSTILE}</b>`
  const { markup } = html`<p>${[inner, 3, null]}</p>`
  t.equal(markup.match(/<script/g), null)
  t.match(markup, /^<p><b title="&lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt;&#39;&amp;">.*<\/b>3<\/p>$/)
})

await t.test('on a telephone a table is as wide as its words, and not a letter wide', async (t) => {
  const rules = [...pageStyle.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, of = '', how = '']) => ({
    of: of.trim(),
    how
  }))
  const inCells = rules.filter(({ of }) => /(^|, )(td|code)(\.\w+)?$/.test(of))
  t.match(
    inCells.map(({ of }) => of),
    ['th, td', 'td', 'td.whole', 'td.wide', 'td.number', 'code']
  )
  // With `anywhere` a browser counts a cell's words as one letter wide.
  for (const { of, how } of inCells) t.notMatch(how, /overflow-wrap: anywhere|word-break/, of)
  t.ok(
    rules.some(({ of, how }) => of === '.panel' && how.includes('overflow-x: auto')),
    'what is wider is scrolled'
  )
})

await t.test('the page shows what the vendors hold, and nothing of it as markup', async (t) => {
  const state = createState()
  const empty = overviewPage(state)
  t.match(empty, /No leads yet/)
  const lead = state.zoho.insert('Leads', { Last_Name: HOSTILE, Email: 'a@a.example', Pain_Points: HOSTILE })
  state.zoho.insert('Notes', { Note_Title: HOSTILE, Note_Content: HOSTILE, Parent_Id: { id: lead.id } })
  const contact = state.hubspot.insert('contacts', { lastname: HOSTILE, email: 'b@b.example', pain_points: HOSTILE })
  const note = state.hubspot.insert('notes', { hs_note_body: HOSTILE })
  associate(state.hubspot, { fromType: 'notes', fromId: note.id, toType: 'contacts', toId: contact.id })
  state.slack.add({ at: '2026-11-18T10:00:00.000Z', webhook: '/x', text: HOSTILE, payload: {} })
  state.faults.set([{ vendor: 'zoho', kind: ['429', '500'], code: HOSTILE, id: HOSTILE }])
  const call = { at: '2026-11-18T10:00:00.000Z', vendor: 'zoho' as const, method: 'POST', path: `/${HOSTILE}` }
  const entry = state.journal.open({ ...call, body: HOSTILE, bodyDigest: '', fault: HOSTILE })
  state.journal.close(entry, { status: 200, answered: true })
  await state.twilioLine.messages.receive({ from: '+14155550142', to: '+16465550100', body: HOSTILE })
  state.twilioLine.conferences.expect(HOSTILE, {
    callSid: 'CA1',
    label: HOSTILE,
    muted: true,
    hold: true,
    startConferenceOnEnter: true,
    endConferenceOnExit: false,
    status: 'ringing',
    joinedAt: '2026-11-18T10:00:00.000Z'
  })
  const full = overviewPage(state)
  const scripts = (page: string): number => page.match(/<script/g)?.length ?? 0
  t.equal(scripts(full), scripts(empty))
  t.match(full, /a@a\.example/)
  t.match(full, /HubSpot: contacts \(1\)[^]*b@b\.example/)
  t.match(full, /Twilio: messages \(1\)/)
  t.match(full, /Twilio: conferences \(1\)/)
  t.match(full, /&lt;script&gt;alert/)
})
