import { read, type AnswerOf } from './client.ts'
import { ApiProblem } from './problem.ts'
import { write } from './write.ts'

/** How a command stands, as the gateway tells it. */
type CommandStatus = AnswerOf<'/v1/commands/{id}'>

const LOOK_EVERY_MS = 700
/** A command that takes longer goes on; what it changes shows when it is done. */
const PATIENCE_MS = 60_000

/**
 * Asks a service to do something and waits for what became of it.
 *
 * @param idempotencyKey the same for the same wish, so that a repeated click is done once
 * @throws ApiProblem with the reason when it was refused, failed, or is not done after a minute
 */
export async function sendCommand(
  service: string,
  name: string,
  body: object,
  idempotencyKey: string
): Promise<CommandStatus> {
  let status = (await write('POST', `/v1/commands/${service}/${name}`, body, idempotencyKey)) as CommandStatus
  for (const until = Date.now() + PATIENCE_MS; status.state === 'waiting' && Date.now() < until;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    status = await read('/v1/commands/{id}', { path: { id: status.id } })
  }
  if (status.state === 'done') return status
  if (status.state === 'waiting') {
    throw new ApiProblem(504, 'COMMAND_SLOW', 'It is not done yet. It goes on; its effect shows here when it is done.')
  }
  throw new ApiProblem(409, status.code ?? 'COMMAND_REFUSED', status.message ?? 'It was refused')
}
