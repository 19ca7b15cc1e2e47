import { HttpProblem, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { textParameter } from '../query/parameter.ts'
import type { ChangeGroup, ChangeHub } from './change-hub.ts'
import { TOPICS, type Topic } from './change.ts'
import { formatPosition, parsePosition, type Position } from './position.ts'
import { openSse, type SseMessage, type SseStream } from './sse.ts'

/** Open streams of one process; each costs a socket and little else. */
const MAX_STREAMS = 1_000

const streamQuery = defineQuery({
  topics: textParameter({ description: `comma-separated: ${TOPICS.join(', ')}; all of them by default` }),
  lastEventId: textParameter({ description: 'as the header Last-Event-ID, for clients that cannot set it' })
})

const DESCRIPTION = `Server-sent events. Each message names its topic in \`event\` and a row in \`data.id\` (null: many rows
changed, read the list anew). \`ready\` comes first; \`reset\` means that what was missed is not known any more: read
everything anew. The last message of a commit carries the id to resume with; a message may come twice.`

const EVENT_STREAM = {
  description: 'an endless stream of messages',
  content: { 'text/event-stream': { schema: Type.Unknown({ description: 'messages with event, data and id' }) } }
}

/** Tells clients what changed, as soon as the read models show it. */
export function streamRoutes(app: HttpServer, hub: ChangeHub): void {
  const open = new Set<SseStream>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })
  app.get(
    '/stream',
    {
      config: { access: 'operations' },
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
      const topics = topicsOf(query.topics)
      const since = sinceOf(request.headers['last-event-id'] ?? query.lastEventId)
      if (open.size >= MAX_STREAMS) {
        throw new HttpProblem(503, 'STREAMS_EXHAUSTED', 'Too many live streams are open; try again soon')
      }
      const tell = (group: ChangeGroup): void => stream.send(messagesOf(group, topics))
      const stream = openSse(() => {
        open.delete(stream)
        following.leave()
      })
      open.add(stream)
      const following = hub.follow(since, tell)
      const id = formatPosition(hub.position())
      if (following.missed === null) stream.send([{ event: 'reset', data: {}, id }])
      for (const group of following.missed ?? []) tell(group)
      stream.send([{ event: 'ready', data: { position: id }, id }])
      void reply.header('content-type', 'text/event-stream; charset=utf-8')
      void reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no')
      return reply.send(stream.body)
    }
  )
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

function topicsOf(text: string | undefined): ReadonlySet<Topic> {
  if (text === undefined) return new Set(TOPICS)
  return new Set(
    text.split(',').map((name) => {
      const topic = TOPICS.find((candidate) => candidate === name.trim())
      if (topic === undefined) {
        throw new HttpProblem(400, 'TOPIC_UNKNOWN', `There is no topic "${name}"; known are ${TOPICS.join(', ')}`)
      }
      return topic
    })
  )
}

function sinceOf(lastEventId: string | undefined): Position | null {
  if (lastEventId === undefined) return null
  const position = parsePosition(lastEventId)
  if (position === null) throw new HttpProblem(400, 'LAST_EVENT_ID_INVALID', 'Last-Event-ID is not one of this stream')
  return position
}
