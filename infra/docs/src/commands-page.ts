import { isPii, type CommandDefinition } from '@leadlog/contracts'
import type { TObject, TSchema } from '@sinclair/typebox'
import { fieldType } from './field-type.ts'

/** `docs/commands.md`: every command with what it takes, gives and refuses. */
export function commandsPage(catalogue: readonly CommandDefinition[]): string {
  const intro =
    'Generated from `packages/contracts` by `pnpm run docs`; do not edit. A command is sent with ' +
    '`POST /v1/commands/<service>/<name>` and an `Idempotency-Key`; what became of it tells `GET /v1/commands/<id>`. ' +
    'Fields marked *personal* are encrypted under the key of their person.'
  return ['# Commands', intro, ...catalogue.map(commandSection)].join('\n\n') + '\n'
}

function commandSection(command: CommandDefinition): string {
  const refusals = Object.entries(command.refusals).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  return [
    `## ${command.service}/${command.name}`,
    command.description,
    fields('given', command.data),
    fields('comes back', command.result),
    refusals.length === 0 ? '' : ['| refused with | because |', '| --- | --- |', ...refusals].join('\n')
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function fields(title: string, schema: TObject): string {
  const required = new Set((schema as { required?: readonly string[] }).required ?? [])
  const rows = Object.entries(schema.properties as Record<string, TSchema>).map(([name, field]) => {
    const notes = [required.has(name) ? '' : 'optional', isPii(field) ? 'personal' : ''].filter((note) => note !== '')
    return `| \`${name}\` | ${fieldType(field).replaceAll('|', '\\|')} | ${notes.join(', ')} | ${field.description ?? ''} |`
  })
  return rows.length === 0 ? '' : [`| ${title} | type | | meaning |`, '| --- | --- | --- | --- |', ...rows].join('\n')
}
