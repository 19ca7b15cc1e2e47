import fc from 'fast-check'
import t from 'tap'
import { v5 } from 'uuid'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { defineEvent } from './define-event.ts'
import { derivedEventId, derivedId, idempotencyKey, webhookEventId } from './event-id.ts'
import { ERASED_TEXT, erasedValue, pii } from './pii.ts'
import { createEventRegistry } from './registry.ts'
import { aggregateSubject, parseAggregateSubject } from './subject.ts'
import { eventCatalogue } from '../event-catalogue.ts'

void t.test('an event declares what the log must know', (t) => {
  const definition = defineEvent({
    type: 'crm.LeadSeen.v1',
    aggregate: 'lead',
    description: 'Seen.',
    data: Type.Object({ personId: Type.String(), name: pii(Type.String()) })
  })
  t.match(definition, { context: 'crm', name: 'LeadSeen', version: 1, piiFields: ['name'] })
  const broken = { aggregate: 'lead', description: '', data: Type.Object({ name: pii(Type.String()) }) }
  t.throws(() => defineEvent({ ...broken, type: 'crm.LeadSeen.v1' }), /personId/)
  t.throws(() => defineEvent({ ...broken, type: 'LeadSeen' }), /<context>/)
  t.throws(() => defineEvent({ ...broken, type: 'crm.LeadSeen.v2', data: Type.Object({}) }), /upcast/)
  t.end()
})

void t.test('old versions are lifted step by step', (t) => {
  const v1 = defineEvent({ type: 'x.Y.v1', aggregate: 'y', description: '', data: Type.Object({ a: Type.Number() }) })
  const v2 = defineEvent({
    type: 'x.Y.v2',
    aggregate: 'y',
    description: '',
    data: Type.Object({ a: Type.String() }),
    upcast: (previous) => ({ a: String((previous as { a: number }).a) })
  })
  const v3 = defineEvent({
    type: 'x.Y.v3',
    aggregate: 'y',
    description: '',
    data: Type.Object({ a: Type.String(), b: Type.Boolean() }),
    upcast: (previous) => ({ ...(previous as { a: string }), b: true })
  })
  const registry = createEventRegistry([v3, v1, v2])
  t.strictSame(registry.upcast('x.Y.v1', { a: 1 }), { type: 'x.Y.v3', data: { a: '1', b: true } })
  t.strictSame(registry.upcast('x.Y.v3', { a: '1', b: false }), { type: 'x.Y.v3', data: { a: '1', b: false } })
  t.equal(registry.newest('x.Y.v1'), v3)
  t.throws(() => createEventRegistry([v1, v3]), /lacks version 2/)
  t.throws(() => createEventRegistry([v1, v1]), /declared twice/)
  t.end()
})

void t.test('ids are the same in every process and differ where their parts do', (t) => {
  t.equal(derivedEventId('cause', 'handler', 0), '14af3929-3917-505b-8780-27a4e781b4b0')
  t.not(derivedEventId('cause', 'handler', 0), derivedEventId('cause', 'handler', 1))
  t.not(derivedEventId('a', 'b/c', 0), derivedEventId('a/b', 'c', 0))
  const asUuid = (...parts: unknown[]): string => v5(JSON.stringify(parts), '6f1c1f0a-4a53-5d0e-9a6b-0f4f2a7c9d11')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 800 }), fc.string(), fc.nat(), (kind, part, index) => {
      return (
        derivedId(kind, part) === asUuid(kind, part) && derivedEventId(kind, part, index) === asUuid(kind, part, index)
      )
    })
  )
  t.equal(idempotencyKey('k:a', 'b'), 'k%3Aa:b')
  fc.assert(
    fc.property(
      fc.array(fc.string(), { minLength: 3, maxLength: 4 }),
      fc.array(fc.string(), { minLength: 3, maxLength: 4 }),
      (a, b) => {
        const [sourceA = '', typeA = '', ...restA] = a
        const [sourceB = '', typeB = '', ...restB] = b
        const same = JSON.stringify(a) === JSON.stringify(b)
        return same === (idempotencyKey(sourceA, typeA, ...restA) === idempotencyKey(sourceB, typeB, ...restB))
      }
    )
  )
  t.match(webhookEventId('calendly:invitee.created:x'), /^[0-9a-f]{32}$/)
  t.end()
})

void t.test('subjects', (t) => {
  const ref = { context: 'crm', aggregate: 'lead', id: 'abc-1_2' }
  t.strictSame(parseAggregateSubject(aggregateSubject(ref)), ref)
  for (const id of ['a.b', 'a b', '*', '>', '']) t.throws(() => aggregateSubject({ ...ref, id }), /subject/)
  t.end()
})

void t.test('the catalogue', (t) => {
  for (const definition of eventCatalogue) {
    t.match(definition.description, /^[A-Z].*\.$/s, `${definition.type} is described in sentences`)
    for (const field of definition.piiFields) {
      const schema = definition.data.properties[field]
      t.ok(
        schema && Value.Check(schema, erasedValue(schema)),
        `${definition.type}.${field} stays readable after an erasure`
      )
    }
  }
  t.equal(erasedValue(Type.String()), ERASED_TEXT)
  t.end()
})
