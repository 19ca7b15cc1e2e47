import { EnrichedField, type LeadIntel, type Meddic, type TranscriptQuality } from '@leadlog/contracts'
import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { leadIntelFields, meddicFields } from './enriched-fields.ts'

const intel: LeadIntel = {
  firstName: 'Marco',
  lastName: '',
  company: 'Ellison Freight',
  title: '',
  phone: '',
  website: '',
  city: '',
  country: '',
  industry: '',
  teamSize: '40 people',
  budget: '',
  authority: '',
  need: '',
  timing: '',
  urgency: '',
  useCase: '',
  decisionProcess: '',
  painPoints: ['manual dispatching', 'no visibility'],
  toolsCurrentlyUsed: [],
  objectives: [],
  objections: [],
  discoveryQuestions: [],
  cheatSheet: '',
  nextStep: '',
  summary: '',
  confidence: 0.4,
  evidence: [
    { field: 'teamSize', quote: '40 people' },
    { field: 'painPoints', quote: 'dispatch is manual' },
    { field: 'painPoints', quote: 'nobody sees anything' },
    { field: 'painPoints', quote: 'dispatch is manual' },
    { field: 'budget', quote: 'a quote of an empty field' }
  ]
}

void t.test('a booking gives its filled fields, each with its quotes', async (t) => {
  const fields = leadIntelFields(intel)
  t.strictSame(fields, [
    { field: 'firstName', value: 'Marco', evidence: null },
    { field: 'company', value: 'Ellison Freight', evidence: null },
    { field: 'teamSize', value: '40 people', evidence: '40 people' },
    {
      field: 'painPoints',
      value: ['manual dispatching', 'no visibility'],
      evidence: 'dispatch is manual … nobody sees anything'
    }
  ])
  for (const field of fields) t.ok(Value.Check(EnrichedField, field), field.field)
})

void t.test('a transcript gives prefixed fields and says how far it can be trusted', async (t) => {
  const meddic: Meddic = {
    metrics: '40 hours a week',
    economicBuyer: 'Priya',
    decisionCriteria: '',
    decisionProcess: '',
    identifiedPain: '',
    champion: '',
    competition: '',
    nextSteps: 'proposal',
    risks: '',
    confidence: 0.5,
    evidence: [{ field: 'metrics', quote: 'about 40 hours' }]
  }
  const quality: TranscriptQuality = {
    verdict: 'partial',
    coverage: 0.463,
    longestGapSeconds: 545,
    speakerCount: 2,
    blockCount: 30,
    characterCount: 4000,
    flags: ['low-coverage', 'long-gap']
  }
  t.strictSame(meddicFields(meddic, quality), [
    { field: 'meddicMetrics', value: '40 hours a week', evidence: 'about 40 hours' },
    { field: 'meddicEconomicBuyer', value: 'Priya', evidence: null },
    { field: 'meddicNextSteps', value: 'proposal', evidence: null },
    {
      field: 'transcriptQuality',
      value: 'partial: 46 % of the meeting, longest hole 9 min, 2 speakers (low-coverage, long-gap)',
      evidence: null
    }
  ])
  t.equal(
    meddicFields(meddic, { ...quality, verdict: 'good', longestGapSeconds: 12.4, speakerCount: 1, flags: [] }).at(-1)
      ?.value,
    'good: 46 % of the meeting, longest hole 12 s, 1 speaker'
  )
})
