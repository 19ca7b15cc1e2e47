import t from 'tap'
import { problemWords, sampleWords, wantedChanges } from './field-mapping.ts'

void t.test('a problem says what is wrong where, and what to do here', async (t) => {
  const gone = { kind: 'unknown-field', name: 'Need', problem: 'module Leads has no field', remedy: 'Set ZCF_NEED' }
  t.strictSame(problemWords('zoho', gone), {
    what: 'Zoho CRM has no field “Need”.',
    todo: 'Create it there, name another field here, or leave this one out.'
  })
  const short = { kind: 'too-short', name: 'Need', problem: 'takes 20 characters', remedy: 'Make it longer' }
  t.match(problemWords('zoho', short).what, 'In Zoho CRM, Need: takes 20 characters.')
  t.equal(problemWords('zoho', { ...short, kind: 'new kind' }).todo, 'Make it longer.')
})

void t.test('only what differs is changed, and nothing means that it is not written', async (t) => {
  const place = (name: string, before: string, after: string) => ({ of: 'field' as const, name, before, after })
  t.strictSame(
    wantedChanges([place('need', 'Need', ' Need '), place('budget', 'Budget', ''), place('city', '', 'Town')]),
    [
      { of: 'field', name: 'budget', to: null },
      { of: 'field', name: 'city', to: 'Town' }
    ]
  )
})

void t.test('a sample is one line', async (t) => {
  t.equal(sampleWords('late\ndeliveries'), 'late deliveries')
  t.equal(sampleWords(0.62), '0.62')
  t.equal(sampleWords(null), '')
})
