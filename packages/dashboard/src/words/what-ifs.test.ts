import t from 'tap'
import { appliedWords, problemOfQuestion, questionOf, whatIfOutcome, type Draft } from './what-ifs.ts'

const nothing: Draft = { days: 0, source: 'all', limit: '', reader: '', variables: {} }
const NOW = Date.parse('2026-11-18T12:00:00.000Z')

void t.test('what was chosen is what is asked; nothing chosen is refused in words', (t) => {
  t.strictSame(questionOf(nothing, NOW), {})
  t.match(problemOfQuestion(nothing), /^Nothing would be different/)
  const chosen: Draft = { days: 7, source: 'meddic', limit: '3', reader: 'rules', variables: { ZCF_NEED: '' } }
  t.equal(problemOfQuestion(chosen), null)
  t.strictSame(questionOf(chosen, NOW), {
    from: '2026-11-11T12:00:00.000Z',
    kinds: ['meddic'],
    limit: 3,
    reader: { provider: 'rules' },
    variables: { ZCF_NEED: '' }
  })
  t.match(problemOfQuestion({ ...chosen, limit: '0' }), /whole number/)
  t.end()
})

void t.test('what came of it is told in a few words', (t) => {
  t.equal(whatIfOutcome('what-if', { totals: { leads: 9, leadsChanged: 2 } }), '2 of 9 leads would be different')
  const outcomes = [{ outcome: 'applied' }, { outcome: 'stale' }]
  t.equal(whatIfOutcome('apply-what-if', { outcomes }), '1 of 2 leads applied')
  t.equal(whatIfOutcome('what-if', null), '')
  t.equal(appliedWords('applied', null), 'Done')
  t.match(appliedWords('stale', null), /^Overtaken/)
  t.equal(appliedWords('failed', 'CRM_LEAD_UNKNOWN'), 'Failed: CRM_LEAD_UNKNOWN')
  t.end()
})
