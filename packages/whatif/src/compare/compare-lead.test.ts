import {
  LeadCaptured,
  LeadEnriched,
  LeadFieldsCleared,
  type EnrichedField,
  type RecordedEvent
} from '@leadlog/contracts'
import { configuredMapping, uncheckedMapping } from '@leadlog/crm-sync/what-if'
import t from 'tap'
import type { NewResult } from '../read/read-again.ts'
import { compareLead } from './compare-lead.ts'

const mapping = (variables: Record<string, string> = {}) =>
  uncheckedMapping(
    configuredMapping({
      mappingFile: undefined,
      crmProvider: 'zoho',
      zohoFieldNames: variables,
      hubspotFieldNames: {},
      statusDemoBooked: 'Demo Booked',
      statusDemoComplete: 'Demo Complete',
      statusDemoCanceled: 'Demo Canceled',
      statusDemoNoShow: 'Demo No-show'
    })
  )
const inForce = { is: mapping(), wouldBe: mapping() }

const ids = { leadId: 'lead-1', personId: 'lead-1' }
const reading = {
  extractionId: 'x1',
  kind: 'lead-intel' as const,
  personId: 'lead-1',
  meetingId: 'meeting-1',
  observedAt: '2026-11-18T10:00:00Z'
}

const recorded = (type: string, data: object, sequence: number) =>
  ({ type, data, sequence }) as unknown as RecordedEvent

const customer = {
  email: 'ada@example.com',
  name: 'Ada L',
  firstName: null,
  lastName: null,
  phone: null,
  timezone: null
}

function leadWith(fields: EnrichedField[]): RecordedEvent[] {
  const by = { provider: 'rules', model: 'rules-1', promptVersion: 'rules-1', confidence: 0.5 }
  return [
    recorded(LeadCaptured.type, { ...ids, customer, origin: 'calendly', capturedAt: reading.observedAt }, 1),
    recorded(LeadEnriched.type, { ...ids, ...reading, ...by, fields }, 2)
  ]
}

/** A reading by a model, with nothing but what is given. */
function readAs(values: Record<string, string>, quotes: Record<string, string> = {}): NewResult {
  const intel = {
    ...values,
    confidence: 0.5,
    evidence: Object.entries(quotes).map(([field, quote]) => ({ field, quote }))
  }
  const call = { provider: 'gemini', model: 'gemini-3.5-flash', promptVersion: 'lead-intel-2' }
  return { kind: 'lead-intel', data: { ...reading, intel, call } } as unknown as NewResult
}

const lead = leadWith([
  { field: 'company', value: 'Acme', evidence: 'at Acme' },
  { field: 'budget', value: '10k', evidence: null },
  { field: 'title', value: 'CEO', evidence: null }
])

void t.test('added, changed and removed fields, each with its words and its reader', async (t) => {
  const found = compareLead(
    lead,
    [readAs({ company: 'Acme GmbH', title: 'CEO', need: 'speed' }, { company: 'Acme GmbH, Ulm' })],
    inForce,
    []
  )
  t.match(
    new Map(found.map((difference) => [difference.field, difference])),
    new Map([
      [
        'Company',
        {
          domainField: 'company',
          kind: 'changed',
          is: { value: 'Acme', evidence: 'at Acme', readBy: 'rules-1' },
          wouldBe: { value: 'Acme GmbH', evidence: 'Acme GmbH, Ulm', readBy: 'gemini gemini-3.5-flash, lead-intel-2' }
        }
      ],
      ['Budget', { kind: 'removed', is: { value: '10k' }, wouldBe: { value: null, evidence: null, readBy: null } }],
      ['Need', { kind: 'added', is: { value: null }, wouldBe: { value: 'speed' } }]
    ])
  )
  t.equal(found.length, 3, 'what stays the same is no difference')
})

void t.test('a later observation stands against an earlier content that is read anew', async (t) => {
  const later = { ...reading, extractionId: 'x2', observedAt: '2026-11-19T10:00:00Z' }
  const by = { provider: 'rules', model: 'rules-1', promptVersion: 'rules-1', confidence: 0.5 }
  const fields = [{ field: 'company', value: 'Beta', evidence: null }]
  const history = [...lead, recorded(LeadEnriched.type, { ...ids, ...later, ...by, fields }, 3)]
  const found = compareLead(history, [readAs({ company: 'Acme GmbH', budget: '10k', title: 'CEO' })], inForce, [])
  t.strictSame(found, [])
})

void t.test('another mapping alone moves a value to another field', async (t) => {
  const found = compareLead(lead, [], { is: mapping(), wouldBe: mapping({ ZCF_BUDGET: 'Annual_Budget' }) }, [])
  t.match(found, [
    { field: 'Budget', kind: 'removed', is: { value: '10k' } },
    { field: 'Annual_Budget', kind: 'added', domainField: 'budget', wouldBe: { value: '10k', readBy: 'rules-1' } }
  ])
})

void t.test('what was taken back has no reader any more', async (t) => {
  const cleared = recorded(LeadFieldsCleared.type, { ...ids, extractionId: 'x1', fields: ['budget'] }, 3)
  const found = compareLead([...lead, cleared], [readAs({ company: 'Acme', title: 'CEO', budget: '20k' })], inForce, [])
  t.match(found, [{ field: 'Budget', kind: 'added', is: { value: null, readBy: null }, wouldBe: { value: '20k' } }])
  t.equal(found.length, 1)
})
