import { PermanentError } from '@leadlog/contracts'
import t from 'tap'
import type { CrmField, FieldKind } from '../crm-provider.ts'
import { buildMapping } from './build-mapping.ts'
import { checkMapping, uncheckedMapping } from './check-mapping.ts'
import { crmValuesOf, valuesDigest } from './crm-values.ts'
import { hubspotMapping } from './hubspot-mapping.ts'
import type { ValueFormat } from './mapping-document.ts'
import { mappingInvalid } from './mapping-problem.ts'
import { withVariables } from './mapping-variables.ts'
import { zohoMapping } from './zoho-mapping.ts'

const kindOf: Record<ValueFormat, FieldKind> = {
  text: 'text',
  prose: 'long-text',
  lines: 'long-text',
  datetime: 'date-time',
  instant: 'date-time',
  day: 'date',
  html: 'long-text',
  number: 'number',
  email: 'email',
  phone: 'phone',
  url: 'url',
  choice: 'choice',
  id: 'text',
  user: 'user'
}

/** An organisation whose fields are just as the default mapping wants them. */
const fittingFields: CrmField[] = zohoMapping.fields.map(({ field, apiName, format, maxLength }) => ({
  apiName,
  dataType: kindOf[format],
  kind: kindOf[format],
  maxLength,
  readOnly: false,
  compulsory: field === 'lastName',
  unique: null,
  choices:
    format !== 'choice'
      ? []
      : Object.values(field === 'status' ? zohoMapping.statuses : zohoMapping.sources).flatMap((value) => value ?? [])
}))

const changed = (apiName: string, change: Partial<CrmField>) =>
  fittingFields.map((field) => (field.apiName === apiName ? { ...field, ...change } : field))

const problemNames = (fields: readonly CrmField[], document = zohoMapping) =>
  checkMapping(document, fields).problems.map(({ name }) => name)

void t.test('a fitting organisation has no problems', async (t) => {
  t.strictSame(problemNames(fittingFields), [])
})

void t.test('every way in which a field may not fit is reported by name', async (t) => {
  t.strictSame(problemNames(fittingFields.filter(({ apiName }) => apiName !== 'Need')), ['Need'], 'unknown')
  t.strictSame(problemNames(changed('Need', { readOnly: true })), ['Need'], 'read-only')
  t.strictSame(problemNames(changed('Demo_Date', { kind: 'other' })), ['Demo_Date'], 'wrong type')
  t.strictSame(problemNames(changed('Leadlog_Id', { unique: false })), ['Leadlog_Id'], 'not unique')
  t.strictSame(problemNames(changed('Industry', { kind: 'strict-choice' })), ['Industry'], 'refuses free text')
  t.strictSame(problemNames(changed('Leadlog_Id', { maxLength: 20 })), ['Leadlog_Id'], 'too short')
  t.strictSame(problemNames(changed('Lead_Status', { choices: ['Demo Booked', 'Demo Complete'] })), [
    'Lead_Status',
    'Lead_Status'
  ])
  t.strictSame(
    problemNames([...fittingFields, { ...fittingFields[0]!, apiName: 'Region', compulsory: true }]),
    ['Region'],
    'compulsory and unmapped'
  )
})

void t.test('the error lists every problem with its remedy', async (t) => {
  const { problems } = checkMapping(
    withVariables(zohoMapping, { ZCF_PAIN_POINTS: 'Pain_Points__c', ZCF_BUDGET: 'Need' }).document,
    changed('Phone', { readOnly: true })
  )
  const error = mappingInvalid(problems)
  t.ok(error instanceof PermanentError)
  t.equal(error.code, 'CRM_SYNC_MAPPING_INVALID')
  t.match(error.message, /Pain_Points__c: module Leads has no field.*ZCF_PAIN_POINTS/)
  t.match(error.message, /Phone: is read-only/)
  t.match(error.message, /Need: two fields.*ZCF_BUDGET, ZCF_NEED/)
})

void t.test('variables rename and switch off fields, and unknown ones are told', async (t) => {
  const { document, problems } = withVariables(zohoMapping, {
    ZCF_DEMO_DATETIME: 'Demo_At',
    ZCF_MEDDIC_ECONOMIC_BUYER: 'Buyer',
    ZCF_CHEAT_SHEET: '',
    ZCF_PAINPOINTS: 'X',
    ZCF_EMAIL: ''
  })
  const names = new Map<string, string>(document.fields.map(({ field, apiName }) => [field, apiName]))
  t.match(
    names,
    new Map([
      ['demoDate', 'Demo_At'],
      ['meddicEconomicBuyer', 'Buyer'],
      ['email', 'Email']
    ])
  )
  t.notOk(names.has('cheatSheet'))
  t.strictSame(
    problems.map(({ name }) => name),
    ['ZCF_PAINPOINTS', 'ZCF_EMAIL']
  )
  t.match(problems[0]?.remedy, /ZCF_PAIN_POINTS/)
})

void t.test('values come out by API name in the formats that the CRM takes', async (t) => {
  const values = crmValuesOf(
    {
      leadId: 'lead-1',
      email: 'marco.ellison@example.org',
      lastName: 'Ellison',
      status: 'demo-booked',
      source: 'readai',
      demoDate: '2026-11-18T11:00:00.250-05:00',
      painPoints: ['late deliveries', ' manual entry '],
      budget: 'about\n20,000',
      confidence: 0.62
    },
    uncheckedMapping(zohoMapping)
  )
  t.strictSame(values, {
    Leadlog_Id: 'lead-1',
    Email: 'marco.ellison@example.org',
    Last_Name: 'Ellison',
    Lead_Status: 'Demo Booked',
    Lead_Source: 'Read.ai',
    Demo_Date: '2026-11-18T16:00:00+00:00',
    Pain_Points: 'late deliveries\nmanual entry',
    Budget: 'about 20,000',
    Lead_Confidence: 0.62
  })
})

void t.test("texts are cut at the CRM's own length, and compulsory fields are never empty", async (t) => {
  const fields = changed('Company', { compulsory: true, maxLength: 200 }).map((field) =>
    field.apiName === 'Need' ? { ...field, maxLength: 100 } : field
  )
  const { mapping, problems } = checkMapping(zohoMapping, fields)
  t.strictSame(problems, [])
  const values = crmValuesOf({ email: 'a@example.org', need: 'word '.repeat(60) }, mapping)
  t.equal(values['Company'], 'Unknown')
  t.equal(values['Last_Name'], 'Unknown')
  t.match(values['Need'], /^(word )+word…$/)
  t.ok(String(values['Need']).length <= 100)
})

void t.test('a field that had a value and has none now is cleared', async (t) => {
  const values = crmValuesOf({ email: 'a@example.org' }, uncheckedMapping(zohoMapping), ['Email', 'Need', 'Old_Field'])
  t.strictSame(values, { Email: 'a@example.org', Need: null })
})

void t.test('the digest depends on the values only', async (t) => {
  t.equal(valuesDigest({ a: 1, b: 'x' }), valuesDigest({ b: 'x', a: 1 }))
  t.not(valuesDigest({ a: 1, b: 'x' }), valuesDigest({ a: '1', b: 'x' }))
  t.not(valuesDigest({ a: null }), valuesDigest({}))
})

void t.test('settings make the mapping: a document, names of statuses, variables', async (t) => {
  const { document, problems } = buildMapping(zohoMapping, {
    statuses: { 'demo-booked': 'Booked' },
    variables: { ZCF_NEED: 'Need__c' }
  })
  t.strictSame(problems, [])
  t.match(document.statuses, { 'demo-booked': 'Booked', 'demo-complete': 'Demo Complete' })
  t.ok(document.fields.some(({ apiName }) => apiName === 'Need__c'))
  const own = { ...zohoMapping, module: 'Prospects', fields: zohoMapping.fields.slice(0, 4) }
  t.equal(buildMapping(zohoMapping, { document: own }).document.module, 'Prospects')
  const wrong = buildMapping(zohoMapping, { document: { ...own, fields: [{ field: 'nose', apiName: 'Nose' }] } })
  t.match(wrong.problems[0]?.name, /mapping document \/fields\/0/)
  const foreign = buildMapping(hubspotMapping, { document: own })
  t.match(foreign.problems, [{ name: 'mapping document /provider', problem: /is for zoho/ }])
})

void t.test('both CRMs map the same fields, each by variables of its own', async (t) => {
  const fieldsOf = ({ fields }: typeof zohoMapping) => fields.map(({ field }) => field)
  t.strictSame(fieldsOf(hubspotMapping), fieldsOf(zohoMapping))
  const { document, problems } = withVariables(hubspotMapping, { HCF_DEMO_DATETIME: 'demo_at', ZCF_NEED: 'Need__c' })
  t.ok(document.fields.some(({ field, apiName }) => field === 'demoDate' && apiName === 'demo_at'))
  t.match(problems, [{ name: 'ZCF_NEED', remedy: /HCF_NEED/ }])
  const lead = { email: 'a@example.org', demoDate: '2026-11-18T11:00:00.250-05:00' }
  t.strictSame(crmValuesOf(lead, uncheckedMapping(hubspotMapping)), {
    email: 'a@example.org',
    demo_date: '2026-11-18T16:00:00Z'
  })
})
