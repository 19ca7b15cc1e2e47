import { Type, type Static, type TSchema } from '@sinclair/typebox'
import type { PullClient } from '../pull-client.ts'
import type { PullOptions } from '../pulled-item.ts'

/** The most that a page may have. */
const PAGE_SIZE = 10

/** What is left out unless it is asked for. */
const PARTS = ['summary', 'chapter_summaries', 'action_items', 'key_questions', 'topics', 'transcript'] as const

const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]))
const MaybeText = maybe(Type.String())
const Items = maybe(Type.Array(Type.Object({ text: MaybeText })))
const Person = Type.Object({ name: MaybeText, email: MaybeText })

/** A meeting in the list. */
export const MeetingHead = Type.Object({
  id: Type.String({ minLength: 1 }),
  start_time_ms: Type.Number(),
  end_time_ms: maybe(Type.Number())
})
export type MeetingHead = Static<typeof MeetingHead>

/** A meeting with its report, as far as webhooks tell it. */
export const Meeting = Type.Intersect([
  MeetingHead,
  Type.Object({
    title: MaybeText,
    participants: maybe(Type.Array(Person)),
    owner: maybe(Person),
    summary: MaybeText,
    action_items: Items,
    key_questions: Items,
    topics: Items,
    chapter_summaries: maybe(Type.Array(Type.Unknown())),
    transcript: maybe(
      Type.Object({
        turns: maybe(
          Type.Array(
            Type.Object({
              speaker: maybe(Type.Object({ name: MaybeText })),
              text: MaybeText,
              start_time_ms: maybe(Type.Number()),
              end_time_ms: maybe(Type.Number())
            })
          )
        )
      })
    ),
    report_url: MaybeText,
    platform: MaybeText,
    platform_id: maybe(Type.Union([Type.String(), Type.Number()]))
  })
])
export type Meeting = Static<typeof Meeting>

const Page = Type.Object({ data: Type.Array(MeetingHead), has_more: maybe(Type.Boolean()) })

/** The reads of Read.ai's API that a pull needs. */
export interface ReadaiApi {
  /** Meetings that started in the time, without their reports. */
  meetings(startsFrom: Date, startsBefore: Date, options: PullOptions): AsyncIterable<MeetingHead>
  meeting(id: string, options: PullOptions): Promise<Meeting>
}

export function readaiApi(client: PullClient): ReadaiApi {
  return {
    async *meetings(startsFrom, startsBefore, options) {
      let cursor: string | undefined
      for (;;) {
        const query = {
          limit: PAGE_SIZE,
          'start_time_ms.gte': startsFrom.getTime(),
          'start_time_ms.lt': startsBefore.getTime(),
          cursor
        }
        const page = await client.read({ operation: 'list-meetings', path: '/v1/meetings', query }, Page, options)
        yield* page.data
        const last = page.data.at(-1)?.id
        if (page.has_more !== true || last === undefined || last === cursor) return
        cursor = last
      }
    },
    meeting: (id, options) => {
      const expand = new URLSearchParams(PARTS.map((part): [string, string] => ['expand[]', part]))
      const path = `/v1/meetings/${encodeURIComponent(id)}?${expand.toString()}`
      return client.read({ operation: 'get-meeting', path }, Meeting, options)
    }
  }
}
