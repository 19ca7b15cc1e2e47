import type { NewEvent, RecordedEvent } from './envelope.ts'

/** A command that the rules do not allow. The message is meant for the person who asked. */
export interface Refusal {
  readonly refused: true
  /** Stable, upper case, for example `CRM_LEAD_UNKNOWN`. */
  readonly code: string
  readonly message: string
}

/**
 * The write side of one aggregate, pure: no clock, no randomness, no outside call. What varies comes in with the
 * command.
 */
export interface Decider<State, Command> {
  initialState(): State
  evolve(state: State, event: RecordedEvent): State
  decide(command: Command, state: State): readonly NewEvent[] | Refusal
}

export function refuse(code: string, message: string): Refusal {
  return { refused: true, code, message }
}

export function isRefusal(result: readonly NewEvent[] | Refusal): result is Refusal {
  return 'refused' in result
}
