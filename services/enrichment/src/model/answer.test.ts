import { LeadIntel, Meddic } from '@leadlog/contracts'
import { Value } from '@sinclair/typebox/value'
import { anyCharacter } from '@leadlog/testing/any-character'
import fc from 'fast-check'
import t from 'tap'
import { readAnswer, type Answer } from './answer.ts'
import { modelJsonSchema } from './json-schema.ts'

const meddic = {
  metrics: 'cut dispatch time by 40 %',
  economicBuyer: 'Priya, the CFO',
  decisionCriteria: '',
  decisionProcess: '',
  identifiedPain: 'manual dispatching',
  champion: '',
  competition: '',
  nextSteps: 'proposal by Friday',
  risks: '',
  confidence: 0.7,
  evidence: [{ field: 'metrics', quote: 'by 40 %' }]
}
const json = JSON.stringify(meddic)

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.issues.join('; '))
  return answer.value
}

void t.test('the object is found whatever stands around it', async (t) => {
  const wrapped = [
    json,
    JSON.stringify(meddic, null, 2),
    '```json\n' + json + '\n```',
    '```\n' + json + '```',
    `Here is the JSON {as asked}:\n\n${json}\n\nTell me if you need {more}.`,
    `<think>The schema wants {"metrics": ...}. {"a": 1}</think>\n${json}`,
    `\uFEFF${json}`,
    JSON.stringify({ meddic_output: meddic })
  ]
  for (const text of wrapped) t.strictSame(valueOf(readAnswer(text, Meddic)), meddic, text.slice(0, 30))
})

void t.test('braces and fences inside of texts do not end the object', async (t) => {
  const tricky = { ...meddic, risks: 'they use "{{templates}}" and ```code``` } \\' }
  t.strictSame(valueOf(readAnswer(`Sure! ${JSON.stringify(tricky)} Done.`, Meddic)), tricky)
})

void t.test('what is plainly meant is brought into form', async (t) => {
  const intel = valueOf(
    readAnswer(
      JSON.stringify({
        firstName: ' Marco ',
        company: null,
        title: 'N/A',
        teamSize: 40,
        budget: ['$20k', '$30k'],
        painPoints: 'manual dispatch',
        toolsCurrentlyUsed: ['Excel', null, ' Excel', '', 7],
        objectives: null,
        confidence: '85%',
        evidence: { teamSize: '40 people', title: null },
        hallucinated: 'extra property'
      }),
      LeadIntel
    )
  )
  t.match(intel, { firstName: 'Marco', company: '', title: '', teamSize: '40', budget: '$20k; $30k', summary: '' })
  t.strictSame(intel.painPoints, ['manual dispatch'])
  t.strictSame(intel.toolsCurrentlyUsed, ['Excel', '7'])
  t.strictSame(intel.objectives, [])
  t.strictSame(intel.evidence, [{ field: 'teamSize', quote: '40 people' }])
  t.equal(intel.confidence, 0.85)
  t.notOk('hallucinated' in intel)
})

void t.test('confidence is read as a share and clamped', async (t) => {
  const given: [unknown, number][] = [
    [1.2, 1],
    [-3, 0],
    [85, 0.85],
    ['0.4', 0.4],
    ['40 %', 0.4],
    [1, 1],
    [2000, 1]
  ]
  for (const [confidence, expected] of given) {
    t.equal(valueOf(readAnswer(JSON.stringify({ ...meddic, confidence }), Meddic)).confidence, expected)
  }
})

void t.test('an invalid answer names every place and never the value', async (t) => {
  const secret = 'priya@example.test'
  const answer = readAnswer(
    JSON.stringify({ ...meddic, champion: { name: secret }, confidence: 'high', evidence: secret }),
    Meddic
  )
  t.match(answer, {
    ok: false,
    issues: [/\/champion: expected string/, /\/confidence: expected number/, /\/evidence:/]
  })
  t.notMatch(JSON.stringify(answer), secret)
  t.strictSame(readAnswer('', Meddic), { ok: false, issues: ['the answer is empty'] })
  t.strictSame(readAnswer('I can not help with that.', Meddic), {
    ok: false,
    issues: ['the answer has no complete JSON object']
  })
  t.strictSame(readAnswer(json.slice(0, -40), Meddic).ok, false, 'cut off')
  t.match(
    readAnswer('{}', Meddic),
    { ok: false, issues: [/\/confidence/, /\/evidence/] },
    'an empty object is no answer'
  )
})

void t.test('no text makes the reader throw, and what it accepts is valid', async () => {
  const almost = fc
    .record({
      key: fc.constantFrom('metrics', 'confidence', 'evidence', 'risks', '__proto__', 'toString'),
      value: fc.jsonValue()
    })
    .map(({ key, value }) => JSON.stringify({ ...meddic, [key]: value }))
  const damaged = fc
    .tuple(almost, fc.nat({ max: 400 }), fc.string({ maxLength: 4 }))
    .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at + 1))
  const anything = fc.oneof(fc.string({ unit: anyCharacter, maxLength: 300 }), fc.json(), almost, damaged)
  fc.assert(
    fc.property(anything, (text) => {
      const answer = readAnswer(text, Meddic)
      return answer.ok ? Value.Check(Meddic, answer.value) : answer.issues.length > 0
    }),
    { numRuns: 500 }
  )
})

void t.test('a flood of braces is given up quickly', async (t) => {
  t.equal(readAnswer('{"a":'.repeat(20_000), Meddic).ok, false)
})

void t.test('the schema for the model is plain, closed and complete', async (t) => {
  const schema = modelJsonSchema(LeadIntel) as {
    properties: Record<string, { type: string; description?: string }>
    required: string[]
    additionalProperties: boolean
  }
  t.strictSame(schema.required, Object.keys(LeadIntel.properties))
  t.equal(schema.additionalProperties, false)
  t.match(schema.properties['evidence'], {
    items: { required: ['field', 'quote'], additionalProperties: false, type: 'object' }
  })
  t.equal(
    schema.properties['confidence']?.description,
    'how well the answers support the fields (from 0 to 1)',
    'bounds are told, not demanded'
  )
  t.notMatch(JSON.stringify(schema), /minimum|"pii"/)
  t.strictSame(JSON.parse(JSON.stringify(schema)), schema, 'no symbols, nothing undefined')
  t.equal(Object.getOwnPropertySymbols(schema).length, 0)
})
