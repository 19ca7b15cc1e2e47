import { Type, type Static, type TSchema } from '@sinclair/typebox'
import type { PullClient } from '../pull-client.ts'
import type { PullOptions } from '../pulled-item.ts'

/** The most that a page may have. */
const PAGE_SIZE = 100

const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]))
const Time = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d' })

/** A scheduled event as far as it is looked at; the rest is passed on as it stands. */
export const ScheduledEvent = Type.Object({
  uri: Type.String({ minLength: 1 }),
  start_time: Time,
  created_at: maybe(Time),
  updated_at: maybe(Time),
  invitees_counter: maybe(Type.Object({ limit: maybe(Type.Number()) }))
})
export type ScheduledEvent = Static<typeof ScheduledEvent>

/** An invitee as far as it is looked at. */
export const Invitee = Type.Object({
  uri: Type.String({ minLength: 1 }),
  status: maybe(Type.String()),
  created_at: Time,
  updated_at: maybe(Time),
  cancellation: maybe(Type.Object({ created_at: maybe(Time) })),
  no_show: maybe(Type.Object({ uri: maybe(Type.String()), created_at: maybe(Time) }))
})
export type Invitee = Static<typeof Invitee>

const Me = Type.Object({
  resource: Type.Object({ uri: Type.String({ minLength: 1 }), current_organization: maybe(Type.String()) })
})

const Page = Type.Object({
  collection: Type.Array(Type.Unknown()),
  pagination: Type.Object({ next_page_token: maybe(Type.String()) })
})

/** Whose events are listed: those that the webhook subscription covers. */
export type CalendlyScope = 'organization' | 'user'

/** The reads of Calendly's API that a pull needs. */
export interface CalendlyApi {
  /** Events that start in the time, active and canceled. */
  scheduledEvents(startsFrom: Date, startsBefore: Date, options: PullOptions): AsyncIterable<ScheduledEvent>
  invitees(event: ScheduledEvent, options: PullOptions): AsyncIterable<Invitee>
}

export function calendlyApi(client: PullClient, scope: CalendlyScope): CalendlyApi {
  async function* pages<S extends TSchema>(
    operation: string,
    path: string,
    query: Record<string, string>,
    item: S,
    options: PullOptions
  ): AsyncGenerator<Static<S>, void, undefined> {
    const schema = Type.Intersect([Page, Type.Object({ collection: Type.Array(item) })])
    let token: string | undefined
    do {
      const page = await client.read(
        { operation, path, query: { ...query, count: PAGE_SIZE, page_token: token } },
        schema,
        options
      )
      yield* page.collection as Static<S>[]
      token = page.pagination.next_page_token || undefined
    } while (token !== undefined)
  }

  const ownerOf = async (options: PullOptions): Promise<Record<string, string>> => {
    const { resource } = await client.read({ operation: 'get-user', path: '/users/me' }, Me, options)
    return scope === 'organization' && resource.current_organization
      ? { organization: resource.current_organization }
      : { user: resource.uri }
  }

  return {
    async *scheduledEvents(startsFrom, startsBefore, options) {
      const query = {
        ...(await ownerOf(options)),
        min_start_time: startsFrom.toISOString(),
        max_start_time: startsBefore.toISOString(),
        sort: 'start_time:asc'
      }
      yield* pages('list-events', '/scheduled_events', query, ScheduledEvent, options)
    },
    invitees: (event, options) =>
      pages('list-invitees', `/scheduled_events/${uuidOf(event.uri)}/invitees`, {}, Invitee, options)
  }
}

/** Ids are URIs; the last part is what paths take. */
function uuidOf(uri: string): string {
  return encodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))
}
