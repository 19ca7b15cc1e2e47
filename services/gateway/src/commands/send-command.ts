import { commandId, commandRegistry, PermanentError, TransientError, type CommandDefinition } from '@leadlog/contracts'
import { eventLogErrors, isPersonErased, type CommandOutcome } from '@leadlog/event-log'
import { HttpProblem, personErased } from '@leadlog/service'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import type { TObject } from '@sinclair/typebox'
import type { Client } from '../auth/client.ts'
import type { CommandPort } from './command-port.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'

/** Long enough for what a service does by itself, short enough for a proxy and a person; then the status URL is asked. */
const MAX_WAIT_MS = 5_000

/** Problems that one answer names. */
const MAX_ERRORS = 20

export interface CommandRequest {
  readonly service: string
  readonly name: string
  readonly idempotencyKey: string | undefined
  readonly body: unknown
  readonly client: Client
}

/** Sends a command and waits for its outcome, a bounded time; null when it is still under way then. */
export async function sendCommand(
  { log, keyring }: CommandPort,
  request: CommandRequest
): Promise<{ id: string; repeated: boolean; outcome: CommandOutcome | null }> {
  const { service, name, client, body } = request
  const command = commandRegistry.find(service, name)
  if (!command)
    throw new HttpProblem(404, 'COMMAND_UNKNOWN', `There is no command ${service}/${name}; see /v1/capabilities`)
  if (client.commandServices !== 'all' && !client.commandServices.has(service))
    throw new HttpProblem(403, 'COMMANDS_NOT_ALLOWED', `You may not send commands to ${service}`)
  const key = idempotencyKeyOf(request.idempotencyKey)
  const data = checkedData(command, body)
  const id = commandId(client.actor, command, key)
  try {
    const { repeated } = await log.sendCommand({
      command,
      id,
      data,
      actor: client.actor,
      personId: (address) => keyring.personId(address)
    })
    return { id, repeated, outcome: await log.awaitOutcome(id, MAX_WAIT_MS) }
  } catch (error) {
    throw commandProblem(error) ?? error
  }
}

const checkers = new WeakMap<CommandDefinition, TypeCheck<TObject>>()

function checkedData(command: CommandDefinition, body: unknown): Readonly<Record<string, unknown>> {
  const check = checkers.get(command) ?? TypeCompiler.Compile(command.data)
  checkers.set(command, check)
  if (check.Check(body)) return body
  const errors = [...check.Errors(body)]
    .slice(0, MAX_ERRORS)
    .map(({ path, message }) => ({ path: `body${path}`, message }))
  const first = errors[0]
  throw new HttpProblem(
    400,
    'COMMAND_INVALID',
    `The body is no ${command.name}: ${first ? `${first.path}: ${first.message}` : 'it does not fit the schema'}. See /v1/capabilities`,
    { errors }
  )
}

function commandProblem(error: unknown): HttpProblem | null {
  if (error instanceof PermanentError && error.code === eventLogErrors.commandKeyReused) {
    const detail = 'The Idempotency-Key was used with another body. Use a new key for a new command'
    return new HttpProblem(422, 'IDEMPOTENCY_KEY_REUSED', detail)
  }
  if (isPersonErased(error)) {
    const { code, message } = personErased()
    return new HttpProblem(409, code, message)
  }
  if (error instanceof TransientError) {
    const detail = 'The command could not be stored or looked up. Repeat it with the same key: it is done once'
    return new HttpProblem(503, 'COMMANDS_UNAVAILABLE', detail, { retryAfterSeconds: 1, cause: error })
  }
  return null
}
