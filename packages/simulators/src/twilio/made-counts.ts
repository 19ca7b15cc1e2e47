import type { TwilioStore } from './twilio-store.ts'

/** How often each was called or written to, by number and by the id that the app put into its addresses. */
export interface MadeCounts {
  callsTo: Record<string, number>
  messagesTo: Record<string, number>
  /** By `?dial=…` of the status callback or the address for TwiML. */
  dials: Record<string, number>
  /** By `?message=…` of the status callback. */
  messages: Record<string, number>
}

const idIn = (name: string, ...addresses: (string | null)[]): string | undefined => {
  for (const address of addresses) {
    const id = address === null ? null : new URL(address).searchParams.get(name)
    if (id !== null) return id
  }
  return undefined
}

/** Counts what was made over the API: more than one of an id was made twice. */
export const madeCounts = (store: TwilioStore): MadeCounts => {
  const counts: MadeCounts = { callsTo: {}, messagesTo: {}, dials: {}, messages: {} }
  const count = (of: Record<string, number>, key: string | undefined): void => {
    if (key !== undefined) of[key] = (of[key] ?? 0) + 1
  }
  for (const { direction, to, statusCallback, url } of store.calls.list()) {
    if (direction !== 'outbound-api') continue
    count(counts.callsTo, to)
    count(counts.dials, idIn('dial', statusCallback, url))
  }
  for (const { direction, to, statusCallback } of store.messages.list()) {
    if (direction !== 'outbound-api') continue
    count(counts.messagesTo, to)
    count(counts.messages, idIn('message', statusCallback))
  }
  return counts
}
