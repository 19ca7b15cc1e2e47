import { HttpProblem, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import { afterParameter, cursorParameter, limitParameter, sortParameter, WHOLE_NUMBER } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { Flow, FlowDetail, FlowVersion } from './flow.schema.ts'
import { findFlow, findFlows, findFlowVersion } from './flows.queries.ts'

const listQuery = defineQuery({
  sort: sortParameter('-savedAt', 'savedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ after: afterParameter() })

const VersionParams = Type.Object({
  ...IdParams.properties,
  version: Type.String({ description: 'counts what was published, from 1' })
})

/** The call flows. They are changed by commands to `telephony`. */
export function flowRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/flows',
    {
      config: { access: 'operations', shared: { restsOn: ['gateway-flows', 'gateway-phone-numbers'] } },
      schema: {
        tags: ['Telephony'],
        summary: 'Call flows',
        querystring: listQuery.schema,
        response: { 200: pageOf(Flow), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findFlows(db, sort, { limit, cursor }))
    }
  )

  app.get(
    '/flows/:id',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Telephony'],
        summary: 'One call flow: its draft with what is wrong with it, and every published version',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: FlowDetail, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      return found(await reads(request, (db) => findFlow(db, id)), 'FLOW_UNKNOWN', `flow ${id}`)
    }
  )

  app.get(
    '/flows/:id/versions/:version',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Telephony'],
        summary: 'One published version of a call flow',
        params: VersionParams,
        querystring: oneQuery.schema,
        response: { 200: FlowVersion, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const version = versionNumber(request.params.version)
      await freshness.includes(oneQuery.parse(request.query).after)
      return found(
        await reads(request, (db) => findFlowVersion(db, id, version)),
        'FLOW_VERSION_UNKNOWN',
        `version ${String(version)} of flow ${id}`
      )
    }
  )
}

/** Beyond it Postgres has no integer. */
const MOST_VERSIONS = 2_147_483_647

function versionNumber(text: string): number {
  const version = WHOLE_NUMBER.test(text) ? Number(text) : 0
  if (version >= 1 && version <= MOST_VERSIONS) return version
  throw new HttpProblem(400, 'VERSION_INVALID', 'A version is a whole number from 1')
}
