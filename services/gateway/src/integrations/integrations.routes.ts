import { Integration, Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import type { HttpServer, SecretEntry } from '@leadlog/service'
import { Type, type Static } from '@sinclair/typebox'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import type { IntegrationRow } from './integrations.projection.ts'

/** The ages of secrets; their values are nowhere to be had. */
export type SecretAges = () => Promise<readonly SecretEntry[]>

const { test: _test, secrets: _secrets, ...setup } = Integration.properties
const Tested = Nullable(
  Type.Object({ at: Timestamp, words: Type.String(), code: Nullable(Type.String()), millis: Type.Integer() })
)

const IntegrationAnswer = Type.Object({
  service: Type.String({ description: 'the service that calls it' }),
  ...setup,
  toldAt: Timestamp,
  state: OneOf('off', 'answers', 'fails', 'untested'),
  lastSuccess: Tested,
  lastFailure: Tested,
  secrets: Type.Array(
    Type.Object({
      name: Type.String(),
      set: Type.Boolean(),
      ageDays: Nullable(Type.Integer()),
      fingerprints: Type.Array(
        Type.String({ description: 'keyed; the same value has the same one, and none gives it away' })
      )
    })
  )
})
type IntegrationAnswer = Static<typeof IntegrationAnswer>

const query = defineQuery({ after: afterParameter() })
/** Enough to tell values apart by eye. */
const SHOWN_FINGERPRINT = 8

/** The vendors as their services last told of them. They tell when `TestIntegrations` asks. */
export function integrationRoutes(app: HttpServer, { reads, freshness }: ReadContext, secretAges: SecretAges): void {
  app.get(
    '/integrations',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'Every vendor: in use or not and why, how its last tests went, and how old its secrets are',
        querystring: query.schema,
        response: { 200: Type.Object({ data: Type.Array(IntegrationAnswer) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      await freshness.includes(query.parse(request.query).after)
      const rows = await reads(request, (db) =>
        db.selectFrom('gateway.integrations').selectAll().orderBy('service').orderBy('vendor').execute()
      )
      const ages = new Map((await secretAges()).map((entry) => [entry.name, entry]))
      return {
        data: rows.filter(({ what }) => what === 'setup').map((row) => answerOf(row, rows, ages))
      }
    }
  )
}

function answerOf(
  { service, vendor, said, at }: IntegrationRow,
  rows: readonly IntegrationRow[],
  ages: ReadonlyMap<string, SecretEntry>
): IntegrationAnswer {
  const newest = (what: 'ok' | 'failed') =>
    rows.find((row) => row.service === service && row.vendor === vendor && row.what === what)
  const [success, failure] = [newest('ok'), newest('failed')]
  const { test: _newest, secrets, ...setUp } = said
  return {
    service,
    ...setUp,
    toldAt: at,
    state: stateOf(said.inUse, success, failure),
    lastSuccess: testOf(success),
    lastFailure: testOf(failure),
    secrets: secrets.map((name) => {
      const entry = ages.get(name)
      const held = [...new Set((entry?.holders ?? []).flatMap(({ fingerprints }) => fingerprints))]
      return {
        name,
        set: held.length > 0,
        ageDays: held.length > 0 ? Math.floor(entry?.ageDays ?? 0) : null,
        fingerprints: held.map((fingerprint) => fingerprint.slice(0, SHOWN_FINGERPRINT))
      }
    })
  }
}

function stateOf(inUse: boolean, success: IntegrationRow | undefined, failure: IntegrationRow | undefined) {
  if (!inUse) return 'off'
  if (success === undefined && failure === undefined) return 'untested'
  return (failure?.sequence ?? 0) > (success?.sequence ?? 0) ? 'fails' : 'answers'
}

function testOf(row: IntegrationRow | undefined): IntegrationAnswer['lastSuccess'] {
  const test = row?.said.test
  return test ? { at: test.at, words: test.words, code: test.code, millis: test.millis } : null
}
