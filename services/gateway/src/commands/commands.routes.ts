import type { SentCommand } from '@leadlog/event-log'
import { problemResponses, HttpProblem, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import type { Client } from '../auth/client.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId } from '../query/answers.ts'
import type { CommandPort } from './command-port.ts'
import { IdempotencyHeaders } from './idempotency-key.ts'
import { CommandStatus, settled, waiting } from './command.schema.ts'
import { sendCommand } from './send-command.ts'

const CommandParams = Type.Object({
  service: Type.String({ description: 'for example crm' }),
  command: Type.String({ description: 'for example CaptureLead; see /v1/capabilities' })
})

/** Asks services to do something, and tells what became of it. */
export function commandRoutes(app: HttpServer, port: CommandPort): void {
  app.post(
    '/commands/:service/:command',
    {
      config: { access: 'commands' },
      schema: {
        tags: ['Commands'],
        summary: 'Asks a service to do something, once per Idempotency-Key',
        description:
          'The body is what /v1/capabilities says of the command. 200 when it is done within five seconds, else 202 ' +
          'with a Location to ask for the outcome. Repeat with the same key and body as often as you like.',
        params: CommandParams,
        headers: IdempotencyHeaders,
        body: Type.Unknown(),
        response: {
          200: CommandStatus,
          202: CommandStatus,
          ...problemResponses(400, 401, 403, 404, 409, 422, 429, 500, 503)
        }
      }
    },
    async (request, reply) => {
      const { client } = request
      if (!client?.scopes.has('command')) throw new HttpProblem(403, 'COMMANDS_NOT_ALLOWED', 'This key may only read')
      const { service, command: name } = request.params
      const idempotencyKey = request.headers['idempotency-key']
      const sent = await sendCommand(port, { service, name, idempotencyKey, body: request.body, client })
      if (sent.repeated) void reply.header('idempotency-replayed', 'true')
      const location = `/v1/commands/${sent.id}`
      const { outcome } = sent
      if (outcome === null) {
        void reply.header('location', location).header('retry-after', '1')
        return reply.code(202).send(waiting(sent.id, service, name, null))
      }
      if (outcome.outcome === 'refused') {
        throw new HttpProblem(409, outcome.code ?? 'COMMAND_REFUSED', outcome.message ?? 'The command was refused')
      }
      if (outcome.outcome === 'failed') {
        const detail = `${outcome.code ?? 'UNKNOWN'}: ${outcome.message ?? 'the command failed'}. See ${location}`
        throw new HttpProblem(500, 'COMMAND_FAILED', detail)
      }
      return settled(outcome, null)
    }
  )

  app.get(
    '/commands/:id',
    {
      config: { access: 'client' },
      schema: {
        tags: ['Commands'],
        summary: 'What became of a command',
        description: 'Of a command of your own, or of a service that you may send commands to.',
        params: IdParams,
        response: { 200: CommandStatus, ...ONE_READ_PROBLEMS }
      }
    },
    async ({ client, params }) => {
      const id = commandIdOf(pathId(params))
      const known = await port.log.findCommand(id)
      // Another's command is answered as one that is not there, so that asking tells nothing.
      const sent = found(
        known !== null && client !== null && mayLookAt(client, known) ? known : null,
        'COMMAND_NOT_FOUND',
        `command ${id} that you may see, or it is older than 14 days`
      )
      const outcome = await port.log.findOutcome(id)
      return outcome ? settled(outcome, sent) : waiting(id, sent.service, sent.name, sent.message.time)
    }
  )
}

function mayLookAt({ actor, scopes, commandServices }: Client, { message, service }: SentCommand): boolean {
  if (message.actor === actor) return true
  return scopes.has('command') && (commandServices === 'all' || commandServices.has(service))
}

/** Dots and colons are fine in other ids, but would be other subjects here. */
function commandIdOf(id: string): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id)) return id
  throw new HttpProblem(400, 'ID_INVALID', "A command's id has 1 to 64 letters, digits, dashes or underscores")
}
