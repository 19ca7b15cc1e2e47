import type { CallInput, FlowStepKind } from '@leadlog/contracts'

/** More digits or words than any step asks for are noise; the rest is not kept. */
const MOST_DIGITS = 64
const MOST_CHARACTERS = 4000

/** Of each of these Twilio tells one, after a step that waited. */
const TOLD = ['Digits', 'SpeechResult', 'DialCallStatus', 'QueueResult', 'RecordingUrl']

const OVER: ReadonlySet<string> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])

/** What Twilio's request says of the step that waited. Anything that is none of what it asked for counts as nothing. */
export function readInput(fields: Readonly<Record<string, string>>, kind: FlowStepKind | null): CallInput {
  const input = inputOf(fields, kind)
  // A caller who has gone hears nothing more: the call goes no further than this step.
  const gone = OVER.has(fields['CallStatus'] ?? '') || fields['Digits'] === 'hangup'
  return gone ? { kind: 'hung-up', result: resultOf(input) } : input
}

/** What a request says that stands for one without an answer: what the caller did, or that it is lost. */
export function readInterrupted(fields: Readonly<Record<string, string>>, kind: FlowStepKind | null): CallInput {
  if (TOLD.some((name) => (fields[name] ?? '') !== '') || OVER.has(fields['CallStatus'] ?? '')) {
    return readInput(fields, kind)
  }
  return { kind: 'interrupted' }
}

function inputOf(fields: Readonly<Record<string, string>>, kind: FlowStepKind | null): CallInput {
  switch (kind) {
    case 'dial':
    case 'conference':
      return { kind: 'dialed', status: word(fields['DialCallStatus']) ?? 'failed' }
    case 'queue':
      return { kind: 'left-queue', result: word(fields['QueueResult']) ?? 'error' }
    case 'voicemail': {
      const url = fields['RecordingUrl'] ?? ''
      const seconds = Number(fields['RecordingDuration'] ?? '0')
      return url === ''
        ? { kind: 'nothing' }
        : { kind: 'recorded', seconds: Number.isFinite(seconds) ? Math.max(0, seconds) : 0, url: url.slice(0, 1000) }
    }
    default: {
      const digits = (fields['Digits'] ?? '').replace(/[^0-9*#]/g, '').slice(0, MOST_DIGITS)
      if (digits !== '') return { kind: 'digits', digits }
      const text = (fields['SpeechResult'] ?? '').slice(0, MOST_CHARACTERS).toWellFormed().replaceAll('\0', ' ').trim()
      if (text === '') return { kind: 'nothing' }
      const confidence = Number(fields['Confidence'] ?? Number.NaN)
      return { kind: 'speech', text, confidence: Number.isFinite(confidence) ? confidence : null }
    }
  }
}

function resultOf(input: CallInput): string {
  if (input.kind === 'recorded') return 'recorded'
  if (input.kind === 'dialed') return input.status
  return 'hung up'
}

function word(text: string | undefined): string | null {
  return text !== undefined && /^[a-z-]{1,40}$/.test(text) ? text : null
}
