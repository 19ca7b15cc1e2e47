import { isMemberName } from '../flow/variables.ts'
import type { CallInput, FlowStep, FlowStepOf } from '@leadlog/contracts'

/** What an input does at the step that waited for it. */
export type Left =
  | {
      readonly then: 'go'
      readonly to: string | null
      readonly outcome: string
      readonly answers?: Readonly<Record<string, string>>
    }
  /** It was not what the step asked for. */
  | { readonly then: 'retry'; readonly outcome: string }
  /** What it waits for is not there yet. */
  | { readonly then: 'wait on' }

/** Longer answers are cut: nobody says more to a machine, and what follows must stay in bounds. */
const MOST_CHARACTERS = 500

/** Twilio's results of a queue after which the caller had somebody to talk to. */
const TALKED: ReadonlySet<string> = new Set(['bridged', 'redirected-from-bridged'])

/** @param asked how often the step asked before; after its retries the call goes the other way */
export function leaveStep(step: FlowStep, input: CallInput, asked: number): Left {
  switch (step.kind) {
    case 'gather':
      return afterRetries(gathered(step, input), step, asked)
    case 'menu':
      return afterRetries(chosen(step, input), step, asked)
    case 'dial': {
      const status = input.kind === 'dialed' ? input.status : 'failed'
      const answered = status === 'completed' || status === 'answered'
      return { then: 'go', to: answered ? step.next : step.otherwise, outcome: status }
    }
    case 'queue': {
      const result = input.kind === 'left-queue' ? input.result : 'error'
      return { then: 'go', to: TALKED.has(result) ? step.next : step.otherwise, outcome: result }
    }
    case 'voicemail':
      return { then: 'go', to: step.next, outcome: input.kind === 'recorded' ? 'recorded' : 'silent' }
    case 'conference':
      return { then: 'go', to: step.next, outcome: 'left' }
    case 'webhook':
      return answered(step, input, asked)
    default:
      return { then: 'go', to: step.id, outcome: 'continued' }
  }
}

/** Of an answer of a webhook; more are left out. */
const MOST_MEMBERS = 20

function answered(step: FlowStepOf<'webhook'>, input: CallInput, asked: number): Left {
  const state = input.kind === 'webhook' ? input.state : 'waiting'
  if (state === 'failed') return { then: 'go', to: step.otherwise, outcome: 'failed' }
  if (input.kind === 'webhook' && state === 'answered') {
    const members = Object.entries(input.fields)
      .filter(([name]) => isMemberName(name))
      .slice(0, MOST_MEMBERS)
      .map(([name, value]) => [`${step.variable}_${name}`, value.slice(0, MOST_CHARACTERS).toWellFormed()] as const)
    return { then: 'go', to: step.next, outcome: 'answered', answers: Object.fromEntries(members) }
  }
  // It is looked at once a second or more slowly: whoever has not answered by now had its time.
  if (asked > step.timeoutSeconds) return { then: 'go', to: step.otherwise, outcome: 'too late' }
  return { then: 'wait on' }
}

function afterRetries(left: Left, step: FlowStepOf<'gather' | 'menu'>, asked: number): Left {
  if (left.then !== 'retry' || asked <= step.retries) return left
  return { then: 'go', to: step.otherwise, outcome: left.outcome }
}

function gathered(step: FlowStepOf<'gather'>, input: CallInput): Left {
  const value = answerOf(step, input)
  if (value === null) return { then: 'retry', outcome: input.kind === 'nothing' ? 'no input' : 'wrong input' }
  return { then: 'go', to: step.next, outcome: 'answered', answers: { [step.variable]: value } }
}

function answerOf(step: FlowStepOf<'gather'>, input: CallInput): string | null {
  if (input.kind === 'digits' && step.input.includes('dtmf')) {
    const { digits } = input
    const wanted = new RegExp(`^[0-9*#]{${step.minDigits},${step.maxDigits}}$`)
    return wanted.test(digits) ? digits : null
  }
  if (input.kind === 'speech' && step.input.includes('speech')) {
    const text = input.text.trim().slice(0, MOST_CHARACTERS).toWellFormed()
    return text === '' ? null : text
  }
  return null
}

function chosen({ choices }: FlowStepOf<'menu'>, input: CallInput): Left {
  const index = choices.findIndex(({ digit, words = [] }) => {
    if (input.kind === 'digits') return input.digits === digit
    return input.kind === 'speech' && words.some((word) => saysWord(input.text, word))
  })
  const choice = choices[index]
  if (choice === undefined) return { then: 'retry', outcome: input.kind === 'nothing' ? 'no input' : 'wrong input' }
  return { then: 'go', to: choice.next, outcome: `chose ${choice.digit}` }
}

/** True where the words stand in what was said, as words of their own. */
function saysWord(said: string, word: string): boolean {
  const plain = (text: string): string =>
    ` ${text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `
  return plain(word).trim() !== '' && plain(said.slice(0, MOST_CHARACTERS)).includes(plain(word))
}
