import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { associate } from './hubspot/hubspot-associations.ts'
import { createState } from './state.ts'

await t.test('records, notes, messages and the journal of writes survive a restart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'simulators-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const stateFile = join(folder, 'deep', 'state.json')

  const before = createState({ stateFile })
  const lead = before.zoho.insert('Leads', { Last_Name: 'Ellison', Email: 'marco@ellison.example' })
  const gone = before.zoho.insert('Leads', { Last_Name: 'Gone' })
  before.zoho.update('Leads', lead.id, { Last_Name: 'Ellison', City: 'Oakland' })
  before.zoho.insert('Notes', { Note_Content: 'c', Parent_Id: { id: lead.id } })
  before.zoho.remove('Leads', gone.id)
  const contact = before.hubspot.insert('contacts', { email: 'ana@lima.example' })
  const archived = before.hubspot.insert('contacts', { email: 'gone@lima.example' })
  const note = before.hubspot.insert('notes', { hs_note_body: 'c' })
  associate(before.hubspot, { fromType: 'notes', fromId: note.id, toType: 'contacts', toId: contact.id })
  before.hubspot.archive('contacts', archived.id)
  before.slack.add({ at: '2026-11-18T10:00:00Z', webhook: '/x', text: 'hello', payload: {} })
  appendFileSync(stateFile, '{"kind":"zoho.record","value":{"torn')

  const after = createState({ stateFile })
  t.equal(after.zohoSnapshot(), before.zohoSnapshot())
  t.strictSame(after.zoho.writes(), before.zoho.writes())
  t.equal(after.hubspotSnapshot(), before.hubspotSnapshot())
  t.strictSame(after.hubspot.writes(), before.hubspot.writes())
  t.equal(after.hubspot.findBy('contacts', 'email', 'ANA@lima.example')?.id, contact.id)
  t.equal(after.hubspot.associationsOf('contacts', contact.id, 'notes')[0]?.toId, note.id)
  t.strictSame(after.slack.list(), before.slack.list())
  t.equal(after.zoho.findBy('Leads', 'Email', 'MARCO@ellison.example')?.id, lead.id)
  t.equal(after.zoho.searchable('Leads').length, 1)
  t.ok(BigInt(after.zoho.insert('Leads', { Last_Name: 'New' }).id) > BigInt(gone.id), 'ids are not given out twice')
  t.strictSame(readdirSync(join(folder, 'deep')), ['state.json'])

  after.reset()
  t.strictSame(createState({ stateFile }).zoho.list('Leads'), [])
})
