import { commandRegistry } from '@leadlog/contracts'
import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { READ_PROBLEMS } from '../query/answers.ts'

const Schema = Type.Record(Type.String(), Type.Unknown(), { description: 'JSON schema' })

const Capability = Type.Object({
  service: Type.String(),
  name: Type.String(),
  version: Type.Integer(),
  description: Type.String(),
  method: Type.Literal('POST'),
  path: Type.String(),
  body: Schema,
  result: Schema,
  refusals: Type.Record(Type.String(), Type.String(), { description: 'code → what it means' })
})

/** What may be asked of the system, for people's clients and for agents: as the services declare it. */
export function capabilityRoutes(app: HttpServer): void {
  const commands = commandRegistry.commands.map((command) => ({
    service: command.service,
    name: command.name,
    version: command.version,
    description: command.description,
    method: 'POST' as const,
    path: `/v1/commands/${command.service}/${command.name}`,
    body: plain(command.data),
    result: plain(command.result),
    refusals: { ...command.refusals }
  }))
  app.get(
    '/capabilities',
    {
      config: { access: 'client' },
      schema: {
        tags: ['Commands'],
        summary: 'Every command, with what it takes, gives and refuses',
        response: { 200: Type.Object({ commands: Type.Array(Capability) }), ...READ_PROBLEMS }
      }
    },
    async () => ({ commands })
  )
}

/** The schema as plain JSON, without what TypeBox keeps under symbols. */
function plain(schema: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema)) as Record<string, unknown>
}
