import { Type, type Static } from '@sinclair/typebox'
import { defineCommand, type CommandDefinition } from '../command/define-command.ts'
import { Nullable, Timestamp } from '../scalars.ts'

/** How a connection to a vendor is set up in the process that was asked, and what a call of it gave. Never a secret. */
export const Integration = Type.Object({
  vendor: Type.String(),
  inUse: Type.Boolean(),
  because: Type.String({ description: 'why it is in use or not, in words' }),
  host: Nullable(Type.String({ description: 'where its calls go; null where there are none' })),
  inside: Type.Boolean({ description: 'true: a host inside, named in OUTBOUND_PRIVATE_HOSTS, as a simulator' }),
  circuit: Nullable(Type.String({ description: 'of the process that was asked: closed, open or half-open' })),
  secrets: Type.Array(Type.String(), { description: 'the variables that hold its secrets' }),
  posts: Type.Boolean({ description: 'true: a test cannot but send something that people see' }),
  test: Nullable(
    Type.Object({
      at: Timestamp,
      ok: Type.Boolean(),
      words: Type.String({ description: 'what the vendor answered, or why it did not' }),
      code: Nullable(Type.String()),
      millis: Type.Integer({ minimum: 0 })
    })
  )
})
export type Integration = Static<typeof Integration>

/** Services that call vendors. */
export const servicesWithIntegrations = [
  'ingest',
  'enrichment',
  'crm-sync',
  'notifications',
  'meetings',
  'telephony',
  'billing'
] as const

/** Tells how a service's vendors are set up, and calls one of them where that is asked. */
export function testIntegrations(service: (typeof servicesWithIntegrations)[number]) {
  return defineCommand({
    service,
    name: 'TestIntegrations',
    description: `Tells how the vendors of ${service} are set up. With a vendor, that one is called: something is read, or, where it can only be written to, a marked test message is sent.`,
    data: Type.Object(
      {
        vendor: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
        mayPost: Type.Optional(Type.Boolean({ description: 'true: a test that people see may be sent' }))
      },
      { additionalProperties: false }
    ),
    result: Type.Object({ integrations: Type.Array(Integration) }),
    refusals: {
      INTEGRATION_UNKNOWN: 'the service has no vendor of this name',
      INTEGRATION_OFF: 'the vendor is not in use, so there is nothing to call',
      INTEGRATION_POSTS: 'the test sends something that people see; say that it may'
    }
  })
}

export const integrationCommands: readonly CommandDefinition[] = servicesWithIntegrations.map(testIntegrations)
