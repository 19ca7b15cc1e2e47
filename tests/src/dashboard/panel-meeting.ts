import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { calendlyDelivery, sendDeliveries, zoomDelivery } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import { command } from '../system/command.ts'
import type { TestSystem } from '../system/test-system.ts'
import { PEOPLE } from './people.ts'

/** A customer whose demo with Dana is now. */
export interface BookedForNow {
  readonly name: string
  readonly leadId: string
  readonly meetingId: string
  /** Zoom's number of its room. */
  readonly room: number
}

/** Somebody books it, with answers. */
export async function bookedForNow(system: TestSystem): Promise<BookedForNow> {
  const id = randomUUID()
  const [name, email] = [`Iris Panel-${id.slice(0, 4)}`, `iris-${id.slice(0, 8)}@harbour-freight.example`]
  const now = Date.now()
  const room = randomInt(80_000_000_000, 90_000_000_000)
  const event = `https://api.calendly.com/scheduled_events/${id}`
  const payload = {
    event: 'invitee.created',
    created_at: new Date(now).toISOString(),
    payload: {
      uri: `${event}/invitees/${id}`,
      email,
      name,
      timezone: 'Europe/Lisbon',
      created_at: new Date(now).toISOString(),
      questions_and_answers: [
        { question: 'What is your company?', answer: 'Harbour Freight Forwarding' },
        { question: 'What is your biggest challenge?', answer: 'Quotes take two days and we lose customers' },
        { question: 'Which tools do you use today?', answer: 'Excel, Outlook' },
        { question: 'What is your budget?', answer: 'About 20,000 euros a year' }
      ],
      scheduled_event: {
        uri: event,
        name: 'Product demo',
        start_time: new Date(now).toISOString(),
        end_time: new Date(now + 1_800_000).toISOString(),
        location: { type: 'zoom', join_url: `https://us05web.zoom.us/j/${String(room)}`, data: { id: room } },
        event_memberships: [{ user_email: PEOPLE.admin, user_name: 'Dana Whitfield' }]
      }
    }
  }
  await sendDeliveries([calendlyDelivery(`panel-${id}`, payload, system.secrets)], { ingest: system.ingestUrl })
  await system.settled()
  const found = async (path: string) => ((await system.read(path)) as { data: { id: string }[] }).data[0]?.id
  const leadId = await eventually(() => found(`/v1/leads?email=${encodeURIComponent(email)}`))
  return { name, leadId, meetingId: await eventually(() => found(`/v1/meetings?leadId=${leadId}`)), room }
}

/** Zoom tells that the meeting goes on. @returns the uuid of this instance of it */
export async function startedAtZoom(system: TestSystem, { room, meetingId }: BookedForNow): Promise<string> {
  const uuid = randomBytes(16).toString('base64')
  const at = new Date()
  const object = { id: String(room), uuid, topic: 'Product demo', type: 2, start_time: at.toISOString(), duration: 30 }
  const payload = { event: 'meeting.started', event_ts: at.getTime(), payload: { account_id: 'A1', object } }
  const told = zoomDelivery(`started ${uuid}`, payload, system.secrets.zoomWebhookSecret)
  await sendDeliveries([told], { ingest: system.ingestUrl })
  await eventually(async () => {
    const query = `type=meetings.MeetingStarted.v1&subject=meetings.meeting.${meetingId}`
    return ((await system.read(`/v1/events?${query}`)) as { data: unknown[] }).data.length > 0
  })
  await system.settled()
  return uuid
}

/** Dana lets Leadlog act for her in Zoom, as she would in her browser; that she has already is as good. */
export async function danaConnectsZoom(system: TestSystem): Promise<void> {
  const { url } = await command(system, 'meetings', 'ConnectZoom', { email: PEOPLE.admin })
  const answer = await fetch(String(url))
  if (!answer.url.includes('zoom=connected')) throw new Error(`Zoom was not connected: ${answer.url}`)
  await eventually(async () => {
    const { data } = (await system.read('/v1/zoom-connections')) as { data: { email: string; state: string }[] }
    return data.some(({ email, state }) => email === PEOPLE.admin && state === 'connected')
  })
}
