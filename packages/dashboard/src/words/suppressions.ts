import type { RowOf } from '../api/client.ts'

type Suppression = RowOf<'/v1/suppressions'>
type Done = Suppression['history'][number]
type Reason = Suppression['facts'][number]['reason']

const REASONS: Readonly<Record<Reason, string>> = {
  'opted-out': 'Opted out',
  operator: 'Blocked by one of us',
  'vendor-blocked': 'Refused by Twilio',
  'do-not-call': 'On a do-not-call list'
}
const CHANNELS: Readonly<Record<Suppression['facts'][number]['channel'], string>> = {
  call: 'calls',
  sms: 'messages',
  email: 'e-mails'
}

export const reasons = Object.entries(REASONS).map(([value, word]) => ({ value, word }))

export function reasonWords(reason: Reason): string {
  return REASONS[reason]
}

/** `calls and messages`. */
export function channelWords(channels: readonly (keyof typeof CHANNELS)[]): string {
  return [...new Set(channels)].map((channel) => CHANNELS[channel]).join(' and ')
}

/** What stands now, or that nothing does: `No calls and messages: opted out`. */
export function standsWords({ facts }: Pick<Suppression, 'facts'>): string {
  if (facts.length === 0) return 'May be contacted again'
  const why = [...new Set(facts.map(({ reason }) => REASONS[reason].toLowerCase()))].join(', ')
  return `No ${channelWords(facts.map(({ channel }) => channel))}: ${why}`
}

/** One thing that was done, in words. */
export function doneWords({
  did,
  channels,
  reason,
  source
}: Pick<Done, 'did' | 'channels' | 'reason' | 'source'>): string {
  const what = channelWords(channels)
  const from = source.kind === 'message' && source.word !== null ? `, by the message ${source.word.toUpperCase()}` : ''
  return did === 'suppressed'
    ? `No ${what}: ${REASONS[reason].toLowerCase()}${from}`
    : `${sentence(what)} allowed again${from}`
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
