import { FieldMappingChanged, FieldMappingConfigured, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import t from 'tap'
import {
  checkedEvent,
  configuredAs,
  configuredEvent,
  decideChange,
  documentOf,
  fieldMappingOf,
  isKnown,
  mappingOf,
  restored,
  withChanges,
  type FieldMappingState
} from './field-mapping.ts'
import type { MappingDocument } from './mapping-document.ts'
import type { FieldProblem } from './mapping-problem.ts'
import { withVariables } from './mapping-variables.ts'
import { zohoMapping } from './zoho-mapping.ts'

const standard = mappingOf(zohoMapping)

const stateAfter = (...events: readonly NewEvent[]): FieldMappingState =>
  fieldMappingOf(
    events.map(({ definition, data }, index) => ({
      type: definition.type,
      data,
      sequence: index + 1,
      time: '2026-11-01T09:00:00Z'
    })) as unknown as RecordedEvent[]
  )

const first = configuredEvent('zoho', standard, standard, fieldMappingOf([]))

const placeOf = (mapping: { fields: readonly { field: string; apiName: string }[] } | null, field: string) =>
  mapping?.fields.find((one) => one.field === field)?.apiName

function changed(state: FieldMappingState, field: string, to: string | null, restores: number | null = null): NewEvent {
  const mapping = withChanges(state.mapping ?? standard, [{ of: 'field', name: field, to }], zohoMapping)
  if ('refused' in mapping) throw new Error(mapping.message)
  const asked = { version: state.version, mapping, reason: 'because', restores, checked: true }
  const events = decideChange('zoho', asked, state)
  if ('refused' in events) throw new Error(events.message)
  return events[0]!
}

void t.test('the configuration is the first version, and the same configuration no other one', async (t) => {
  t.match(first, { definition: FieldMappingConfigured, data: { version: 1, mapping: { module: 'Leads' } } })
  const state = stateAfter(first)
  t.equal(state.version, 1)
  t.equal(configuredAs(standard, state), null)
})

void t.test(
  'a change is a version that tells before and after, and what is off can be switched on again',
  async (t) => {
    const one = stateAfter(first)
    const off = changed(one, 'need', null)
    t.match(off, {
      definition: FieldMappingChanged,
      data: { version: 2, changes: [{ of: 'field', name: 'need', before: 'Need', after: null }] }
    })
    const two = stateAfter(first, off)
    t.equal(placeOf(two.mapping, 'need'), undefined)
    const on = changed(two, 'need', 'Need__c')
    const three = stateAfter(first, off, on)
    t.match(
      three.mapping?.fields.find(({ field }) => field === 'need'),
      { apiName: 'Need__c', format: 'prose', maxLength: 2000 }
    )
    t.strictSame(
      three.mapping?.fields.map(({ field }) => field),
      standard.fields.map(({ field }) => field),
      'in its usual place'
    )
  }
)

void t.test('what cannot be changed is refused with the reason', async (t) => {
  const state = stateAfter(first)
  const refusal = (name: string, of: 'field' | 'status' = 'field') =>
    withChanges(standard, [{ of, name, to: 'X' }], zohoMapping)
  t.match(refusal('email'), { code: 'CRM_SYNC_FIELD_IS_IDENTITY' })
  t.match(refusal('nose'), { code: 'CRM_SYNC_FIELD_UNKNOWN', message: /painPoints/ })
  t.match(refusal('sold', 'status'), { code: 'CRM_SYNC_FIELD_UNKNOWN', message: /demo-booked/ })
  const asked = { mapping: standard, reason: 'x', restores: null, checked: true }
  t.match(decideChange('zoho', { ...asked, version: 1 }, state), { code: 'CRM_SYNC_MAPPING_SAME' })
  t.match(decideChange('zoho', { ...asked, version: 7 }, state), { code: 'CRM_SYNC_MAPPING_VERSION' })
})

void t.test('an earlier version comes back as a new one', async (t) => {
  const one = stateAfter(first)
  const two = stateAfter(first, changed(one, 'need', 'Need__c'))
  const back = restored(two, 1)
  if ('refused' in back) throw new Error(back.message)
  t.equal(placeOf(back, 'need'), 'Need')
  t.match(restored(two, 9), { code: 'CRM_SYNC_MAPPING_VERSION_UNKNOWN' })
})

void t.test('another configuration leaves alone what people changed', async (t) => {
  const one = stateAfter(first)
  const two = stateAfter(first, changed(one, 'need', 'Need__c'))
  const { document } = withVariables(zohoMapping, { ZCF_NEED: 'Needs', ZCF_BUDGET: 'Money', ZCF_EMAIL: 'Mail' })
  const now = configuredAs(mappingOf(document), two)
  t.strictSame(
    ['need', 'budget', 'email'].map((field) => placeOf(now, field)),
    ['Need__c', 'Money', 'Mail']
  )
})

void t.test('the document of a version has what the configuration alone decides', async (t) => {
  const configured: MappingDocument = { ...zohoMapping, module: 'Prospects', objects: { deal: {} } }
  const newer = { ...standard, fields: [...standard.fields, { ...standard.fields[0]!, field: 'shoeSize' }] }
  const document = documentOf(newer, configured)
  t.match(document, { module: 'Prospects', objects: { deal: {} } })
  t.notOk(document.fields.some(({ field }) => (field as string) === 'shoeSize'))
})

void t.test('what was found is known until something changes', async (t) => {
  const problem: FieldProblem = {
    kind: 'unknown-field',
    field: 'need',
    name: 'Need',
    problem: 'p',
    remedy: 'r',
    suggestions: []
  }
  t.notOk(isKnown([], stateAfter(first)), 'nobody looked yet')
  const broken = stateAfter(first, checkedEvent('zoho', 'noticed', [problem], 1))
  t.ok(isKnown([problem], broken))
  t.notOk(isKnown([], broken))
  t.ok(isKnown([], stateAfter(first, changed(stateAfter(first), 'need', null))), 'a change was checked before it')
})
