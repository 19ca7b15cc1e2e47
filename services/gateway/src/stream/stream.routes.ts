import { HttpProblem, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import type { Client } from '../auth/client.ts'
import type { ReadDatabase } from '../database/database.ts'
import type { ScopedReads } from '../database/scoped-reads.ts'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { textParameter } from '../query/parameter.ts'
import type { ChangeGroup, ChangeHub } from './change-hub.ts'
import { createChangeOwners } from './change-owners.ts'
import { TOPICS, topicsFor, type Topic } from './change.ts'
import { inOrder, type InOrder } from './in-order.ts'
import { createLiveStreams, type LiveStreamDeps } from './live-streams.ts'
import { formatPosition, parsePosition, type Position } from './position.ts'
import type { SseMessage, SseStream } from './sse.ts'
import { findOwnersOfChanges, findVisibleChanges } from './visible-changes.queries.ts'

/** Open streams of one process; each costs a socket and little else. */
const MAX_STREAMS = 1_000

/** What the stream needs beside the hub. */
export interface StreamDeps extends LiveStreamDeps {
  /** Reads under a client's claims. */
  readonly reads: Pick<ScopedReads, 'as'>
  /** Reads of the gateway itself. */
  readonly db: ReadDatabase
}

const streamQuery = defineQuery({
  topics: textParameter({ description: `comma-separated: ${TOPICS.join(', ')}; all of them by default` }),
  lastEventId: textParameter({ description: 'as the header Last-Event-ID, for clients that cannot set it' })
})

const DESCRIPTION = `Server-sent events. Each message names its topic in \`event\` and a row in \`data.id\` (null: many rows
changed, read the list anew). \`ready\` comes first; \`reset\` means that what was missed is not known any more: read
everything anew. The last message of a commit carries the id to resume with; a message may come twice. Who reads only
their own leads hears of those, of their meetings, calls, messages and CRM writes, and of nothing else; of who may what hear admins only.`

const EVENT_STREAM = {
  description: 'an endless stream of messages',
  content: { 'text/event-stream': { schema: Type.Unknown({ description: 'messages with event, data and id' }) } }
}

/** Tells clients what changed, as soon as the read models show it. */
export function streamRoutes(app: HttpServer, hub: ChangeHub, deps: StreamDeps): void {
  const streams = createLiveStreams(app, { ...deps, most: MAX_STREAMS })
  const owners = createChangeOwners((changes) => findOwnersOfChanges(deps.db, changes))
  app.get(
    '/stream',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Live'],
        summary: 'What changes, as it changes',
        description: DESCRIPTION,
        querystring: streamQuery.schema,
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String()) }),
        response: { 200: EVENT_STREAM, ...READ_PROBLEMS }
      }
    },
    async (request, reply) => {
      const query = streamQuery.parse(request.query)
      const { client } = request
      if (client === null) throw new TypeError('The route wants a client')
      const allowed = topicsFor(client.reads.reads)
      const topics = new Set(topicsOf(query.topics).filter((topic) => allowed.includes(topic)))
      const since = sinceOf(request.headers['last-event-id'] ?? query.lastEventId)
      const stream = streams.open(request, () => following.leave())
      const telling = tellingOf(client, (group) => stream.send(messagesOf(group, topics)), stream)
      const following = hub.follow(since, (group) => telling.push(group))
      const id = formatPosition(hub.position())
      if (following.missed === null) stream.send([{ event: 'reset', data: {}, id }])
      // As another group: whose the rows are may have changed since it was told to others.
      for (const group of following.missed ?? []) telling.push({ ...group })
      void telling.settled().then(() => stream.send([{ event: 'ready', data: { position: id }, id }]))
      return streams.answer(reply, stream)
    }
  )

  /** Who reads everything is told at once; for others Postgres says what they may see. */
  function tellingOf({ reads }: Client, tell: (group: ChangeGroup) => void, stream: SseStream): InOrder {
    if (reads.reads !== 'own') return { push: tell, settled: () => Promise.resolve() }
    return inOrder({
      choose: async (changes, groups) =>
        findVisibleChanges(changes, {
          email: reads.email,
          owners: await owners.of(groups),
          visible: (read) => deps.reads.as(reads, read)
        }),
      tell,
      // The client comes back with the id that it heard last.
      onFailed: (error) => {
        deps.logger.warn({ err: error }, 'a live stream ends: what its reader may see could not be found out')
        stream.cut()
      }
    })
  }
}

/** The id stands with the last message, so that a client cut off in between is told of the whole commit again. */
function messagesOf({ changes, position }: ChangeGroup, topics: ReadonlySet<Topic>): SseMessage[] {
  const messages = changes.filter(({ topic }) => topics.has(topic))
  const id = formatPosition(position)
  return messages.map(({ topic, id: row }, index) => ({
    event: topic,
    data: { id: row },
    ...(index === messages.length - 1 ? { id } : {})
  }))
}

function topicsOf(text: string | undefined): readonly Topic[] {
  if (text === undefined) return TOPICS
  return text.split(',').map((name) => {
    const topic = TOPICS.find((candidate) => candidate === name.trim())
    if (topic === undefined) {
      throw new HttpProblem(400, 'TOPIC_UNKNOWN', `There is no topic "${name}"; known are ${TOPICS.join(', ')}`)
    }
    return topic
  })
}

function sinceOf(lastEventId: string | undefined): Position | null {
  if (lastEventId === undefined) return null
  const position = parsePosition(lastEventId)
  if (position === null) throw new HttpProblem(400, 'LAST_EVENT_ID_INVALID', 'Last-Event-ID is not one of this stream')
  return position
}
