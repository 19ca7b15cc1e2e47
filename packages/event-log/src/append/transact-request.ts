import type { Actor, AggregateRef, Decider, NewEvent, RecordedEvent, Refusal } from '@leadlog/contracts'
import type { AggregateHistory } from '../read/histories.ts'
import type { Cause } from './cause.ts'

export interface TransactRequest {
  readonly cause: Cause
  /**
   * Names this decision: together with the cause it makes the events' ids. Two decisions for one cause need two names,
   * else the second is taken for a repetition of the first.
   */
  readonly handler: string
  readonly actor: Actor
  /** The aggregates that the decision rests on, in the order in which `decide` gets their histories. */
  readonly load: readonly AggregateRef[]
  /** Pure, for it may be called again with newer histories. */
  decide(histories: readonly AggregateHistory[]): readonly NewEvent[] | Refusal
  /**
   * True where nothing that can still be recorded makes a decision out of none: what was to be done stands in the part
   * of the history that is known here. Then nobody asks the server whether there is more.
   */
  readonly nothingIsFinal?: boolean | undefined
  /** True where somebody listens meanwhile: several events leave at once, without waiting for others to share a batch with. */
  readonly urgent?: boolean | undefined
}

export interface ExecuteRequest<State, Command> {
  readonly cause: Cause
  readonly handler: string
  readonly actor: Actor
  readonly ref: AggregateRef
  readonly decider: Decider<State, Command>
  readonly command: Command
}

export type TransactResult =
  | {
      readonly events: readonly RecordedEvent[]
      /** True when an earlier run of the same handler for the same cause had recorded them. */
      readonly repeated: boolean
    }
  | { readonly refusal: Refusal }
