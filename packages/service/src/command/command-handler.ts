import type {
  Actor,
  AggregateRef,
  CommandData,
  CommandDefinition,
  CommandResult,
  Decider,
  EventDefinition,
  NewEvent,
  Refusal
} from '@leadlog/contracts'
import type { AggregateHistory, Cause, Logger, TransactResult } from '@leadlog/event-log'
import type { Clock } from '../clock.ts'

/** What a command handler may do with the log; everything it appends has the command as its cause and its actor. */
export interface CommandContext {
  readonly commandId: string
  /** Who asked. */
  readonly actor: Actor
  /** The command as the cause of what follows from it. */
  readonly cause: Cause
  /** The id of the person that the command's personal fields belong to; empty where it has none. */
  readonly personId: string
  /** When the command was sent: the same at every attempt, other than the clock. */
  readonly sentAt: string
  /** 1 for the first delivery. */
  readonly attempt: number
  readonly logger: Logger
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly load: (ref: AggregateRef) => Promise<AggregateHistory>
  /** As of a reactor's context: running again appends nothing more. A refusal is what the sender is told. */
  readonly transact: (request: {
    load: readonly AggregateRef[]
    readonly decide: (histories: readonly AggregateHistory[]) => readonly NewEvent[] | Refusal
    step?: string
  }) => Promise<TransactResult>
  readonly execute: <State, Command>(request: {
    ref: AggregateRef
    decider: Decider<State, Command>
    command: Command
    step?: string
  }) => Promise<TransactResult>
}

/** One command of a service with what does it. */
export interface CommandHandler<Deps> {
  readonly command: CommandDefinition
  readonly emits: readonly EventDefinition[]
  /**
   * Returns the result, or the refusal. Called again after a crash or a passing failure, and must then change nothing
   * more: append through the context, call the outside through the effect ledger.
   */
  handle(data: unknown, deps: Deps, context: CommandContext): Promise<Readonly<Record<string, unknown>> | Refusal>
}

/** Declares how a service does a command; data and result are typed by the command. */
export function defineCommandHandler<C extends CommandDefinition, Deps>(declaration: {
  command: C
  emits: readonly EventDefinition[]
  handle(data: CommandData<C>, deps: Deps, context: CommandContext): Promise<CommandResult<C> | Refusal>
}): CommandHandler<Deps> {
  return declaration
}
