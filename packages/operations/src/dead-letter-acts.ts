import { commandId, commandRegistry, type Actor, type CommandDefinition } from '@leadlog/contracts'
import type { CommandOutcome, EventLog } from '@leadlog/event-log'

/** What the acts need of the log. */
export type OperationsLog = Pick<EventLog, 'sendCommand' | 'awaitOutcome' | 'getLast' | 'record'>

/** Which dead letter. */
export interface DeadLetterPlace {
  readonly id: string
  /** The service that gave up. */
  readonly service: string
  /** In the stream DEAD_LETTERS. */
  readonly sequence: number
}

export interface ActOptions {
  readonly actor: Actor
  /** Names this act: the same key again finds the first act's outcome and does nothing more. */
  readonly key: string
  /** How long to wait for the service; 3 min by default. */
  readonly timeoutMs?: number | undefined
}

/** How an act ended. */
export type ActResult =
  | { readonly kind: 'ok' }
  /** The handler failed again. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly fingerprint: string }
  /** Not done, and why: closed before, message gone, cannot be simulated. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** The service has not answered in time; it does it when it is back. */
  | { readonly kind: 'waiting'; readonly commandId: string }

/** A retry that meets another one's call is put off for a minute or so; this outlasts it. */
const DEFAULT_TIMEOUT_MS = 180_000

/** Runs the message through its handler once more. @throws as EventLog.sendCommand; TypeError for a service without handlers */
export function retryDeadLetter(log: OperationsLog, letter: DeadLetterPlace, options: ActOptions): Promise<ActResult> {
  return act(log, letter, 'RetryDeadLetter', {}, options)
}

/** Tries it with nothing sent and nothing recorded. Refused with OPS_CANNOT_SIMULATE where the service cannot. */
export function simulateDeadLetter(
  log: OperationsLog,
  letter: DeadLetterPlace,
  options: ActOptions
): Promise<ActResult> {
  return act(log, letter, 'SimulateDeadLetter', {}, options)
}

/** Closes it for a reason, which is kept and must be free of personal data. */
export function discardDeadLetter(
  log: OperationsLog,
  letter: DeadLetterPlace,
  { reason, ...options }: ActOptions & { readonly reason: string }
): Promise<ActResult> {
  return act(log, letter, 'DiscardDeadLetter', { reason }, options)
}

async function act(
  log: OperationsLog,
  { id: deadLetterId, service, sequence }: DeadLetterPlace,
  name: string,
  more: object,
  { actor, key, timeoutMs }: ActOptions
): Promise<ActResult> {
  const data = { deadLetterId, deadLetterSequence: sequence, ...more }
  return askService(log, service, name, data, { actor, key: `${key}/${deadLetterId}`, timeoutMs })
}

/** Sends an operator's command to the service and waits for what became of it. */
export async function askService(
  log: OperationsLog,
  service: string,
  name: string,
  data: Readonly<Record<string, unknown>>,
  { actor, key, timeoutMs = DEFAULT_TIMEOUT_MS }: ActOptions
): Promise<ActResult> {
  const command = commandOf(service, name)
  const id = commandId(actor, command, key)
  await log.sendCommand({ command, id, data, actor })
  const outcome = await log.awaitOutcome(id, timeoutMs)
  return outcome === null ? { kind: 'waiting', commandId: id } : resultOf(outcome)
}

function commandOf(service: string, name: string): CommandDefinition {
  const command = commandRegistry.find(service, name)
  if (!command) throw new TypeError(`Service ${service} handles no messages, so there is nothing to ask of it`)
  return command
}

function resultOf({ outcome, result, code, message }: CommandOutcome): ActResult {
  if (outcome === 'refused') return { kind: 'refused', code: code ?? '', message: message ?? '' }
  // The act itself failed, for example because the handler took its process down.
  if (outcome === 'failed') return { kind: 'failed', code: code ?? '', message: message ?? '', fingerprint: '' }
  const said = result as { outcome?: string; code?: string; message?: string; fingerprint?: string } | null
  if (said?.outcome !== 'failed') return { kind: 'ok' }
  return { kind: 'failed', code: said.code ?? '', message: said.message ?? '', fingerprint: said.fingerprint ?? '' }
}
