import {
  DeadLettered,
  FieldMappingChanged,
  FieldMappingChecked,
  FieldMappingConfigured,
  WriteRefused,
  type FieldMapping
} from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { record } from '../fixtures/crm-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { fieldMappings } from './field-mappings.projection.ts'

const ada = person('Ada', 'Lovelace')
const about = { mappingId: 'zoho', provider: 'zoho' as const }
const place = (field: string, apiName: string) => ({ field, apiName, format: 'text', maxLength: 255 })
const first: FieldMapping = {
  module: 'Leads',
  fields: [place('email', 'Email'), place('status', 'Lead_Status'), place('need', 'Need')],
  statuses: { new: null, 'demo-booked': 'Demo Booked' },
  sources: {}
}
const second: FieldMapping = { ...first, fields: first.fields.slice(0, 2) }
const problem = {
  kind: 'unknown-field' as const,
  field: 'need',
  name: 'Need',
  problem: 'module Leads has no field of this API name',
  remedy: 'Create it',
  suggestions: ['Needs']
}

void t.test('the mapping is shown with its versions, what is wrong with it and what that holds up', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const gateway = await testGateway(t)
  t.match(await gateway.get('/v1/field-mapping'), { status: 404, body: { code: 'FIELD_MAPPING_NOT_FOUND' } })

  const { webhook, written } = bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z' })
  story.emit(
    FieldMappingConfigured,
    'zoho',
    { ...about, version: 1, configured: first, mapping: first, changes: [] },
    webhook
  )
  story.emit(FieldMappingChecked, 'zoho', { ...about, version: 1, because: 'noticed', problems: [problem] }, webhook)
  const refusal = { code: 'INVALID_DATA', field: 'Lead_Status', message: 'not in the list', httpStatus: 202 }
  story.emit(
    WriteRefused,
    ada.personId,
    { ...record(ada), writeIds: ['refused-write'], kind: 'record', ...refusal },
    webhook
  )
  story.emit(
    DeadLettered,
    'parked',
    {
      service: 'crm-sync',
      handler: 'write-records',
      stream: 'EVENTS',
      sequence: 7,
      eventId: null,
      eventType: null,
      subject: 'crm-sync.record.x.WriteQueued',
      attempt: 1,
      code: 'CRM_SYNC_MAPPING_INVALID',
      message: 'The field mapping does not fit the CRM',
      fingerprint: 'f1',
      reason: 'permanent'
    } as never,
    webhook
  )
  await gateway.tell(story.events)
  const told = story.events.length
  const { body } = await gateway.get('/v1/field-mapping')
  t.match(body, {
    provider: 'zoho',
    module: 'Leads',
    version: 1,
    checkedBecause: 'noticed',
    fields: [
      { field: 'email', apiName: 'Email', state: 'fits', problems: [] },
      { field: 'status', state: 'fits', lastError: { code: 'INVALID_DATA', leadId: ada.personId } },
      { field: 'need', configured: 'Need', state: 'wrong', problems: [problem], sample: null }
    ],
    statuses: [
      { status: 'new', name: null },
      { status: 'demo-booked', name: 'Demo Booked' }
    ],
    parked: { count: 1, fingerprints: ['f1'] }
  })
  t.equal(
    (body as { fields: { sample: unknown }[] }).fields[1]?.sample,
    (written?.data.values as Record<string, unknown>)['Lead_Status'],
    'a value that was written'
  )

  const changes = [{ of: 'field' as const, name: 'need', before: 'Need', after: null }]
  const why = { reason: 'it is gone in Zoho', restores: null, checked: true }
  story.emit(FieldMappingChanged, 'zoho', { ...about, version: 2, mapping: second, changes, ...why }, webhook)
  await gateway.tell(story.events.slice(told))
  t.match((await gateway.get('/v1/field-mapping')).body, {
    version: 2,
    fields: [{ state: 'fits' }, { state: 'fits' }, { field: 'need', apiName: null, configured: 'Need', state: 'off' }]
  })
  t.match((await gateway.get('/v1/field-mapping/versions')).body, {
    data: [
      { version: 2, reason: 'it is gone in Zoho', changes },
      { version: 1, reason: null }
    ]
  })
})

void t.test('a check of a version that was replaced meanwhile says nothing of the newest', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const cause = story.webhook({ externalId: '1' })
  const configured = { ...about, configured: first, changes: [] }
  story.emit(FieldMappingConfigured, 'zoho', { ...configured, version: 1, mapping: first }, cause)
  story.emit(FieldMappingConfigured, 'zoho', { ...configured, version: 2, mapping: second }, cause)
  story.emit(FieldMappingChecked, 'zoho', { ...about, version: 1, because: 'asked', problems: [problem] }, cause)
  t.match(projectionSpec(fieldMappings).given(story.events).rows.get('zoho'), { version: 2, problems: null })
})
