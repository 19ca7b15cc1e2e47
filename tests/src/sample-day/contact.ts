import { eventually } from '@leadlog/testing'
import { callOurs, OURS, tellOfRecording } from '../dashboard/phone-line.ts'
import type { TestSystem } from '../system/test-system.ts'

/** What the gateway has of somebody who called and wrote, by its addresses. */
export interface Contact {
  /** Lists that hold something of them, and of nobody else. */
  readonly lists: readonly string[]
  /** Addresses that answer with something of theirs. */
  readonly answers: readonly string[]
}

interface Rows<Row> {
  readonly data: readonly Row[]
}

/** Somebody leaves a spoken message and writes one; all of it is there when this returns. */
export async function callsAndWrites(system: TestSystem, number: string): Promise<Contact> {
  const speaks = { do: 'speak', text: 'Please call me back about the offer.', seconds: 12, thenHangUp: true } as const
  await system.control('PATCH', 'settings', { twilioTimeScale: 20_000 })
  await callOurs(system, number, [{ do: 'press', digits: '2' }, speaks], 'live')
  await tellOfRecording(system)
  const url = `${system.ingestUrl}/webhooks/twilio/sms`
  await system.control('POST', 'twilio/messages', { from: number, to: OURS, body: 'Is the offer still good?', url })
  const contact = await contactOf(system, number)
  const [call] = contact.answers
  const audioUrl = await eventually(async () => {
    const { data } = (await system.read(`${call ?? ''}/recordings`)) as Rows<{ state: string; audioUrl: string | null }>
    return data[0]?.state === 'stored' && data[0].audioUrl !== null && data[0].audioUrl
  })
  const thread = await eventually(async () => {
    const { data } = (await system.read('/v1/sms-threads')) as Rows<{ id: string; number: string | null }>
    const own = data.find((one) => one.number?.replace(/\D/g, '') === number.replace(/\D/g, ''))
    return own !== undefined && `/v1/sms-threads/${own.id}`
  })
  await eventually(async () => ((await system.read(`${thread}/messages`)) as Rows<unknown>).data.length === 1)
  return { lists: contact.lists, answers: [...contact.answers, audioUrl, thread] }
}

/** The one call with a number, when it is over. */
export async function contactOf(system: TestSystem, number: string): Promise<Contact> {
  const lists = [`/v1/calls?number=${number.replace(/\D/g, '')}`, `/v1/search?q=${number.replace(/\D/g, '')}&kind=call`]
  const id = await eventually(async () => {
    const { data } = (await system.read(lists[0] ?? '')) as Rows<{ id: string; live: boolean }>
    return data[0]?.live === false && data[0].id
  })
  return { lists, answers: [`/v1/calls/${id}`] }
}

/** What the gateway still answers of a contact: empty where there is nothing. */
export async function stillTold(system: TestSystem, { lists, answers }: Contact): Promise<string[]> {
  const told: string[] = []
  for (const list of lists) if (((await system.read(list)) as Rows<unknown>).data.length > 0) told.push(list)
  for (const address of answers) {
    const headers = { authorization: `Bearer ${system.environment['LEADLOG_API_KEY'] ?? ''}` }
    const { status } = await fetch(`${system.gatewayUrl}${address}`, { headers })
    if (status !== 404) told.push(`${address} answered ${String(status)}`)
  }
  return told
}
