import type { CallInput, CallPosition, CallVariables, FlowDocument, FlowStep, StepVisit } from '@leadlog/contracts'
import { fitsInto } from './answer-size.ts'
import { enterStep } from './enter-step.ts'
import { fallBackVerbs } from './fall-back.ts'
import { leaveStep } from './leave-step.ts'
import type { StepRequest } from './step-request.ts'
import type { Verb } from './verb.ts'

/** What a call is before and after each request: the position, and what is known of the caller. */
export interface CallState {
  readonly position: CallPosition
  readonly variables: CallVariables
}

/** One request of Twilio, answered. */
export interface Advance {
  readonly position: CallPosition
  readonly steps: readonly StepVisit[]
  readonly verbs: readonly Verb[]
  /** What is to be done outside of the call, in this order. */
  readonly requests: readonly StepRequest[]
  readonly outcome: 'waiting' | 'ended' | 'fell-back'
  /** Why it fell back; null otherwise. */
  readonly reason: string | null
}

/** More than any call of a person takes; a machine that presses keys for ever is let go. */
export const MOST_STEPS = 300

/** Messages and webhooks of one call: whoever presses keys for ever must not cost for ever. */
export const MOST_REQUESTS = 20

/** Where every call begins. */
export const beginning: CallPosition = { step: null, asked: 0, taken: 0, answers: {} }

/**
 * The next piece of a call: what the input does at the step that waited, then every step up to the next one that waits.
 * Pure, so that a call can be replayed and stepped through.
 *
 * @param fallbackNumber where the call goes when a step fails and the flow names no number; null: nowhere
 */
export function advance(
  flow: FlowDocument,
  state: CallState,
  input: CallInput,
  at: Date,
  fallbackNumber: string | null
): Advance {
  const steps = new Map(flow.steps.map((step) => [step.id, step]))
  const walk = new Walk(flow, steps, state, at, fallbackNumber)
  const waiting = state.position.step === null ? undefined : steps.get(state.position.step)
  if (input.kind === 'started' || waiting === undefined) {
    return state.position.step === null && input.kind !== 'started' ? walk.end() : walk.from(flow.start, 0)
  }
  if (input.kind === 'hung-up') {
    walk.visit(waiting, input.result)
    return walk.end()
  }
  // The answer before had no room for it, so it was not asked yet.
  if (state.position.asked === 0) return walk.from(waiting.id, 0)
  if (input.kind === 'interrupted') return goOnAfterInterruption(walk, waiting, state.position.asked)
  const left = leaveStep(waiting, input, state.position.asked)
  if (left.then === 'wait on') return walk.from(waiting.id, state.position.asked)
  walk.visit(waiting, left.outcome)
  if (left.then === 'retry') return walk.from(waiting.id, state.position.asked)
  walk.learn(left.answers ?? {})
  return walk.from(left.to, 0)
}

/** A question is asked again, as it was; whom the caller was put through to, if to anybody, nobody can tell. */
function goOnAfterInterruption(walk: Walk, waiting: FlowStep, asked: number): Advance {
  walk.visit(waiting, 'interrupted')
  switch (waiting.kind) {
    case 'dial':
    case 'queue':
    case 'conference':
      return walk.giveUp('INTERRUPTED')
    case 'voicemail':
      // What was said is reported by itself.
      return walk.from(waiting.next, 0)
    case 'webhook':
      return walk.from(waiting.id, asked)
    default:
      return walk.from(waiting.id, Math.max(0, asked - 1))
  }
}

class Walk {
  readonly #flow: FlowDocument
  readonly #steps: ReadonlyMap<string, FlowStep>
  readonly #at: Date
  readonly #fallback: string | null
  readonly #known: CallVariables
  readonly #visits: StepVisit[] = []
  readonly #requests: StepRequest[] = []
  readonly #requestedBefore: number
  #answers: Readonly<Record<string, string>>
  #taken: number

  constructor(
    flow: FlowDocument,
    steps: ReadonlyMap<string, FlowStep>,
    { position, variables }: CallState,
    at: Date,
    fallbackNumber: string | null
  ) {
    this.#flow = flow
    this.#steps = steps
    this.#at = at
    this.#fallback = flow.fallbackNumber ?? fallbackNumber
    this.#known = variables
    this.#answers = position.answers
    this.#taken = position.taken
    this.#requestedBefore = position.requested ?? 0
  }

  visit(step: FlowStep, outcome: string): void {
    this.#visits.push({ step: step.id, kind: step.kind, outcome })
  }

  learn(answers: Readonly<Record<string, string>>): void {
    this.#answers = { ...this.#answers, ...answers }
  }

  /** @param asked how often the first step was asked before */
  from(first: string | null, asked: number): Advance {
    const verbs: Verb[] = []
    let id = first
    let askedNow = asked
    for (;;) {
      const step = id === null ? undefined : this.#steps.get(id)
      if (step === undefined) return this.#fallBack(verbs, id === null ? 'DEAD_END' : 'STEP_UNKNOWN')
      if (this.#taken >= MOST_STEPS) return this.#fallBack(verbs, 'TOO_MANY_STEPS')
      const mayRequest = this.#requested() < MOST_REQUESTS
      const entered = enterStep(this.#flow, step, this.#variables(), askedNow, this.#at, mayRequest)
      if (!fitsInto(verbs, entered.verbs)) return this.#done(step.id, 0, [...verbs, { verb: 'ask-again' }], 'waiting')
      this.#taken += 1
      if ('request' in entered && entered.request !== undefined) this.#requests.push(entered.request)
      verbs.push(...entered.verbs)
      if (entered.then === 'wait') return this.#done(step.id, askedNow + 1, verbs, 'waiting')
      if (entered.then === 'end') {
        this.visit(step, 'ended')
        return this.#done(null, 0, verbs, 'ended')
      }
      this.visit(step, entered.outcome)
      id = entered.to
      askedNow = 0
    }
  }

  /** A call that has ended already: nothing is left to be said. */
  end(): Advance {
    return this.#done(null, 0, [{ verb: 'hangup' }], 'ended')
  }

  giveUp(reason: string): Advance {
    return this.#fallBack([], reason)
  }

  #fallBack(said: readonly Verb[], reason: string): Advance {
    const verbs = [...said, ...fallBackVerbs(this.#fallback, this.#flow)]
    return { ...this.#done(null, 0, verbs, 'fell-back'), reason }
  }

  #done(step: string | null, asked: number, verbs: readonly Verb[], outcome: Advance['outcome']): Advance {
    const requested = this.#requested()
    const position = {
      step,
      asked,
      taken: this.#taken,
      ...(requested === 0 ? {} : { requested }),
      answers: { ...this.#answers }
    }
    return { position, steps: this.#visits, verbs, requests: this.#requests, outcome, reason: null }
  }

  #requested(): number {
    return this.#requestedBefore + this.#requests.length
  }

  #variables(): CallVariables {
    return withAnswers(this.#known, this.#answers)
  }
}

/** What placeholders may name: what is known of the caller, and what the caller answered. */
export function withAnswers(known: CallVariables, answers: Readonly<Record<string, string>>): CallVariables {
  const named = Object.entries(answers).map(([name, value]) => [`answers.${name}`, value] as const)
  return { ...known, ...Object.fromEntries(named) }
}
