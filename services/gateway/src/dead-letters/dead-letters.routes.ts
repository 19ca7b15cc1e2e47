import { randomUUID } from 'node:crypto'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import type {} from '../auth/client.ts'
import type { PayloadSource } from '../events/read-payload.ts'
import { found, IdParams, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  choiceParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { DeadLetterGroups } from './dead-letter-group.schema.ts'
import { findDeadLetterGroups } from './dead-letter-groups.queries.ts'
import { noteReveal, withPayload, type RevealLog } from './dead-letter-payload.ts'
import { DeadLetter, DeadLetterWithPayload } from './dead-letter.schema.ts'
import { findDeadLetter, findDeadLetters } from './dead-letters.queries.ts'
import { DEAD_LETTER_STATES } from './dead-letters.table.ts'

const listQuery = defineQuery({
  state: choiceParameter({ description: 'open, resolved or discarded; all by default', words: DEAD_LETTER_STATES }),
  service: textParameter({ description: 'of one service' }),
  handler: textParameter({ description: 'of one handler' }),
  code: textParameter({ description: 'with one error code' }),
  fingerprint: textParameter({ description: 'failures of one kind' }),
  receivedEventId: textParameter({ description: 'on the way of one received event' }),
  sort: sortParameter('-at', 'at'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const groupsQuery = defineQuery({
  state: choiceParameter({ description: 'open by default', words: [...DEAD_LETTER_STATES, 'all'] as const }),
  service: textParameter({ description: 'of one service' }),
  handler: textParameter({ description: 'of one handler' }),
  after: afterParameter()
})

const oneQuery = defineQuery({
  reveal: choiceParameter({ description: 'true shows personal data, which is recorded', words: ['true', 'false'] }),
  after: afterParameter()
})

export interface DeadLetterDeps {
  readonly payloads: PayloadSource
  readonly reveals: RevealLog
}

/** What handlers gave up on, with the reason and what was done about it. */
export function deadLetterRoutes(app: HttpServer, { reads, freshness }: ReadContext, deps: DeadLetterDeps): void {
  app.get(
    '/dead-letters',
    {
      config: {
        access: 'operations',
        shared: { restsOn: ['gateway-dead-letters', 'gateway-received-events', 'gateway-leads'] }
      },
      schema: {
        tags: ['Operations'],
        summary: 'Messages that a handler gave up on',
        querystring: listQuery.schema,
        response: { 200: pageOf(DeadLetter), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findDeadLetters(db, filter, sort, { limit, cursor }))
    }
  )

  app.get(
    '/dead-letters/groups',
    {
      config: { access: 'operations', shared: { restsOn: ['gateway-dead-letters'] } },
      schema: {
        tags: ['Operations'],
        summary: 'Dead letters by kind of failure',
        querystring: groupsQuery.schema,
        response: { 200: DeadLetterGroups, ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { state = 'open', after, ...filter } = groupsQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findDeadLetterGroups(db, { state, ...filter }))
    }
  )

  app.get(
    '/dead-letters/:id',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'One dead letter with the attempts before it and its message',
        description: 'Personal data is left out, unless `reveal=true` asks for it: that is recorded with who looked.',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: DeadLetterWithPayload, ...problemResponses(400, 401, 403, 404, 429, 500, 503, 504) }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { reveal, after } = oneQuery.parse(request.query)
      await freshness.includes(after)
      const letter = found(
        await reads(request, (db) => findDeadLetter(db, id)),
        'DEAD_LETTER_UNKNOWN',
        `dead letter ${id}`
      )
      if (reveal !== 'true') return withPayload(letter, deps.payloads, false)
      const { client } = request
      if (!client?.scopes.has('personal')) {
        throw new HttpProblem(403, 'PERSONAL_DATA_NOT_ALLOWED', 'This key may not see personal data')
      }
      await noteReveal(deps.reveals, letter, { id: randomUUID(), actor: client.actor })
      return withPayload(letter, deps.payloads, true)
    }
  )
}
