import type { FlowDocument } from '@leadlog/contracts'
import type { Verb } from './verb.ts'

const RING_SECONDS = 30
const APOLOGY = 'We are sorry, we cannot take your call right now. Please call again later.'

/** What a caller gets where nothing else works: another number, else an apology. It always ends. */
export function fallBackVerbs(
  number: string | null,
  flow: Pick<FlowDocument, 'language' | 'voice'> = { language: 'en-US' }
): readonly Verb[] {
  const apology: Verb = { verb: 'say', text: APOLOGY, language: flow.language, voice: flow.voice ?? null }
  if (number === null) return [apology, { verb: 'hangup' }]
  return [
    { verb: 'dial', numbers: [number], timeoutSeconds: RING_SECONDS, record: false, asksAfterwards: false },
    { verb: 'hangup' }
  ]
}
