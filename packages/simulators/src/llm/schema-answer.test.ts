import { Type } from '@sinclair/typebox'
import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import t from 'tap'
import type { JsonObject, JsonValue } from '../json.ts'
import { schemaAnswer } from './schema-answer.ts'

const plain = (schema: TSchema): JsonObject => JSON.parse(JSON.stringify(schema)) as JsonObject

const Evidence = Type.Object({ field: Type.String(), quote: Type.String() })
const Intel = Type.Object(
  {
    confidence: Type.Number({ minimum: 0, maximum: 1 }),
    evidence: Type.Array(Evidence),
    firstName: Type.String(),
    lastName: Type.String(),
    company: Type.String(),
    title: Type.String(),
    city: Type.String(),
    country: Type.String(),
    budget: Type.String(),
    painPoints: Type.Array(Type.String()),
    toolsCurrentlyUsed: Type.Array(Type.String()),
    discoveryQuestions: Type.Array(Type.String()),
    industry: Type.Union([Type.String(), Type.Null()]),
    competition: Type.Union([Type.String(), Type.Null()]),
    urgency: Type.Union([Type.Literal('low'), Type.Literal('high')]),
    summary: Type.String()
  },
  { additionalProperties: false }
)

const booking = [
  'Extract what the booking tells about the lead. Leave unknown texts empty.',
  'Name: Marta Kowalczyk',
  'E-mail: marta@brightloom.example',
  'Time zone: Europe/Warsaw',
  'Your role: Head of Sales',
  'What budget have you set aside? About 25,000 EUR a year',
  'Q: What is the biggest problem you want to solve?',
  'A: Half of the notes get lost',
  '{"question":"Which tools do you use today?","answer":"Zoho CRM, Calendly and spreadsheets"}'
].join('\n')

await t.test('fills the schema from what the prompt says, with the words that it was found in', async (t) => {
  const answer = schemaAnswer(plain(Intel), booking)
  t.ok(Value.Check(Intel, answer))
  t.match(answer, {
    firstName: 'Marta',
    lastName: 'Kowalczyk',
    company: 'Brightloom',
    title: 'Head of Sales',
    city: 'Warsaw',
    country: 'Poland',
    budget: 'About 25,000 EUR a year',
    painPoints: ['Half of the notes get lost'],
    toolsCurrentlyUsed: ['Zoho CRM', 'Calendly', 'spreadsheets'],
    competition: null
  })
  const { evidence, confidence } = answer as { evidence: { field: string; quote: string }[]; confidence: number }
  t.ok(evidence.length >= 5 && evidence.every(({ quote }) => booking.includes(quote)))
  t.ok(confidence > 0.4)
  t.strictSame(schemaAnswer(plain(Intel), booking), answer)
})

await t.test('a transcript gives the parts of a qualification', async (t) => {
  const Meddic = Type.Object({ economicBuyer: Type.String(), metrics: Type.String(), nextSteps: Type.String() })
  const transcript = [
    'Dana Whitfield: Who owns the budget for this?',
    'Marta Kowalczyk: Our CFO, Piotr Zielinski, owns the budget and signs everything.',
    '[00:04:10] Marta Kowalczyk: We win about 15 percent more orders that way.',
    'Marta Kowalczyk: Please send me the proposal by Friday.'
  ].join('\n')
  t.strictSame(schemaAnswer(plain(Meddic), transcript), {
    economicBuyer: 'Our CFO, Piotr Zielinski, owns the budget and signs everything.',
    metrics: 'We win about 15 percent more orders that way.',
    nextSteps: 'Please send me the proposal by Friday.'
  })
})

const leaf: fc.Arbitrary<TSchema> = fc.oneof(
  fc.constant(Type.String()),
  fc.constant(Type.Boolean()),
  fc.constant(Type.Number({ minimum: 0, maximum: 1 })),
  fc.constant(Type.Integer({ minimum: 3, maximum: 9 })),
  fc.constant(Type.Null()),
  fc.constant(Type.Union([Type.String(), Type.Null()])),
  fc.constant(Type.Unsafe<string>(Type.Union([Type.Literal('a'), Type.Literal('b')])))
)

const nested = fc.letrec<{ schema: TSchema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc
      .record({ item: tie('schema'), least: fc.integer({ min: 0, max: 2 }) })
      .map(({ item, least }) => Type.Array(item, { minItems: least })),
    fc
      .dictionary(
        fc.constantFrom('budget', 'summary', 'teamSize', 'evidence', 'value', 'x', 'confidence'),
        tie('schema')
      )
      .map((properties) => Type.Object(properties, { additionalProperties: false }))
  )
})).schema

await t.test('every answer satisfies its schema, whatever the schema', async (t) => {
  fc.assert(
    fc.property(nested, fc.constantFrom(booking, '', 'no labels here, 40 people'), (schema, prompt) => {
      const answer: JsonValue = schemaAnswer(plain(schema), prompt)
      return Value.Check(schema, answer)
    }),
    { numRuns: 300 }
  )
  t.pass()
})

await t.test('reads the OpenAPI dialect, references, and fixed values', async (t) => {
  const schema: JsonObject = {
    type: 'OBJECT',
    properties: {
      outcome: { type: 'STRING', enum: ['booked', 'declined'] },
      reason: { type: 'STRING', nullable: true },
      person: { $ref: '#/$defs/Person' },
      version: { const: 3 }
    },
    $defs: { Person: { type: 'object', properties: { lastName: { type: 'string' } } } }
  }
  t.strictSame(schemaAnswer(schema, 'Name: Ada Abara'), {
    outcome: 'booked',
    reason: null,
    person: { lastName: 'Abara' },
    version: 3
  })
})
