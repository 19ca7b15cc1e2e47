import { advance, beginning, type Advance, type StepRequest, type Verb } from '@leadlog/call-flow'
import type { CallInput, CallVariables, FlowDocument, FlowStep, StepVisit } from '@leadlog/contracts'

/** What a flow is tried with. */
export interface TrialSetting {
  readonly variables: CallVariables
  /** When the caller calls. */
  readonly at: Date
}

/** One turn: what came from the caller, and what the service would answer. */
export interface TrialTurn {
  readonly input: CallInput
  readonly taken: Advance
}

/** A call that somebody plays through, turn by turn. */
export type Trial = readonly TrialTurn[]

/** The call comes in. */
export function beginTrial(flow: FlowDocument, setting: TrialSetting): Trial {
  return goOn(flow, setting, [], { kind: 'started' })
}

/** The call goes on after what the caller did: the engine that answers Twilio says how. */
export function goOn(flow: FlowDocument, { variables, at }: TrialSetting, trial: Trial, input: CallInput): Trial {
  const position = trial.at(-1)?.taken.position ?? beginning
  return [...trial, { input, taken: advance(flow, { position, variables }, input, at, null) }]
}

/** One turn back; the first stays. */
export function turnBack(trial: Trial): Trial {
  return trial.length > 1 ? trial.slice(0, -1) : trial
}

/** The step that waits for the caller; undefined where the call is over. */
export function waitingStep(flow: FlowDocument, trial: Trial): FlowStep | undefined {
  const id = trial.at(-1)?.taken.position.step ?? null
  return flow.steps.find((step) => step.id === id)
}

/** Every step that the call went through so far, in order. */
export function pathOf(trial: Trial): readonly StepVisit[] {
  return trial.flatMap(({ taken }) => taken.steps)
}

/** Ways that the call took, as `from to`, for highlighting them. */
export function waysTaken(flow: FlowDocument, trial: Trial): ReadonlySet<string> {
  const ids = pathOf(trial).map(({ step }) => step)
  const waiting = waitingStep(flow, trial)?.id
  const all = waiting === undefined || ids.at(-1) === waiting ? ids : [...ids, waiting]
  return new Set(all.slice(1).map((to, index) => `${all[index] ?? ''} ${to}`))
}

/** What somebody hears, or what happens on the line, in words. */
export function verbWords(verb: Verb): { readonly spoken: boolean; readonly words: string }[] {
  switch (verb.verb) {
    case 'say':
      return [{ spoken: true, words: verb.text }]
    case 'play':
      return [{ spoken: true, words: `Recording ${verb.url}` }]
    case 'gather':
      return [...verb.sounds.flatMap(verbWords), { spoken: false, words: gatherWords(verb) }]
    case 'dial':
      return [
        {
          spoken: false,
          words: `Rings ${verb.numbers.join(', ')} for ${String(verb.timeoutSeconds)} s${verb.record ? ', recorded' : ''}`
        }
      ]
    case 'conference':
      return [{ spoken: false, words: `Joins the conference ${verb.room}` }]
    case 'record':
      return [{ spoken: false, words: `Beep; records up to ${String(verb.maxSeconds)} s` }]
    case 'enqueue':
      return [{ spoken: false, words: `Waits in the queue ${verb.queue}` }]
    case 'pause':
      return [{ spoken: false, words: `Silence of ${String(verb.seconds)} s` }]
    case 'hangup':
      return [{ spoken: false, words: 'The call is ended' }]
    case 'leave':
      return [{ spoken: false, words: 'Leaves the queue' }]
    case 'ask-again':
      return []
  }
}

function gatherWords({ input, timeoutSeconds }: Extract<Verb, { verb: 'gather' }>): string {
  const how = input.map((one) => (one === 'dtmf' ? 'keys' : 'speech')).join(' or ')
  return `Waits ${String(timeoutSeconds)} s for ${how}`
}

export function requestWords(request: StepRequest): string {
  return request.kind === 'sms'
    ? `Would send to ${request.to}: ${request.text}`
    : `Would call ${request.url}, for up to ${String(request.timeoutSeconds)} s`
}

/** What the caller did, in words. */
export function inputWords(input: CallInput): string {
  switch (input.kind) {
    case 'started':
      return 'Calls'
    case 'digits':
      return `Presses ${input.digits}`
    case 'speech':
      return `Says “${input.text}”`
    case 'nothing':
      return 'Stays silent'
    case 'dialed':
      return input.status === 'completed' ? 'Somebody answers, then hangs up' : `Nobody answers (${input.status})`
    case 'recorded':
      return `Leaves a message of ${String(input.seconds)} s`
    case 'left-queue':
      return input.result === 'bridged' ? 'Is connected, then goes on' : 'Has waited long enough'
    case 'webhook':
      return input.state === 'answered'
        ? 'The webhook answers'
        : input.state === 'failed'
          ? 'The webhook fails'
          : 'The webhook has not answered yet'
    case 'interrupted':
      return 'The answer was lost'
    case 'hung-up':
      return 'Hangs up'
  }
}

/** What may happen at a step, beside hanging up; each with its word. */
export function inputsAt(step: FlowStep): readonly { readonly word: string; readonly input: CallInput }[] {
  switch (step.kind) {
    case 'dial':
      return [
        { word: 'Somebody answers', input: { kind: 'dialed', status: 'completed' } },
        { word: 'Nobody answers', input: { kind: 'dialed', status: 'no-answer' } },
        { word: 'Busy', input: { kind: 'dialed', status: 'busy' } }
      ]
    case 'conference':
      return [{ word: 'Leaves the conference', input: { kind: 'dialed', status: 'completed' } }]
    case 'queue':
      return [
        { word: 'Somebody takes the call', input: { kind: 'left-queue', result: 'bridged' } },
        { word: 'Waits too long', input: { kind: 'left-queue', result: 'leave' } }
      ]
    case 'voicemail':
      return [
        { word: 'Leaves a message', input: { kind: 'recorded', seconds: 12, url: 'https://recordings.example/trial' } },
        { word: 'Says nothing', input: { kind: 'nothing' } }
      ]
    case 'webhook':
      return [
        { word: 'The webhook fails', input: { kind: 'webhook', state: 'failed', fields: {} } },
        { word: 'No answer yet', input: { kind: 'webhook', state: 'waiting', fields: {} } }
      ]
    default:
      return []
  }
}
