import type { CallInput, FlowStep, FlowStepOf } from '@leadlog/contracts'

/** What an input does at the step that waited for it. */
export type Left =
  | {
      readonly then: 'go'
      readonly to: string | null
      readonly outcome: string
      readonly answer?: { readonly variable: string; readonly value: string }
    }
  /** It was not what the step asked for. */
  | { readonly then: 'retry'; readonly outcome: string }

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
    default:
      // It waits for nothing: the answer before was full, and here the call goes on.
      return { then: 'go', to: step.id, outcome: 'continued' }
  }
}

function afterRetries(left: Left, step: FlowStepOf<'gather' | 'menu'>, asked: number): Left {
  if (left.then === 'go' || asked <= step.retries) return left
  return { then: 'go', to: step.otherwise, outcome: left.outcome }
}

function gathered(step: FlowStepOf<'gather'>, input: CallInput): Left {
  const value = answerOf(step, input)
  if (value === null) return { then: 'retry', outcome: input.kind === 'nothing' ? 'no input' : 'wrong input' }
  return { then: 'go', to: step.next, outcome: 'answered', answer: { variable: step.variable, value } }
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
