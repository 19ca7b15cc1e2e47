import { isPii, type EventDefinition } from '@leadlog/contracts'
import type { TSchema } from '@sinclair/typebox'
import { fieldType } from './field-type.ts'
import { operatorEvents, type ServiceFacts } from './services.ts'

/** `docs/events.md`: every event with its meaning, fields, owner and readers. */
export function eventsPage(catalogue: readonly EventDefinition[], services: readonly ServiceFacts[]): string {
  const contexts = Map.groupBy(catalogue, (definition) => definition.context)
  const sections = [...contexts].map(([context, definitions]) =>
    [`## ${context}`, ...definitions.map((definition) => eventSection(definition, services))].join('\n\n')
  )
  const intro =
    'Generated from `packages/contracts` and the manifests of the services by `pnpm run docs`; do not edit. ' +
    'Fields marked *personal* are encrypted under the key of their person.'
  return ['# Events', intro, ...sections].join('\n\n') + '\n'
}

function eventSection(definition: EventDefinition, services: readonly ServiceFacts[]): string {
  const names = (chosen: readonly ServiceFacts[]) => chosen.map((service) => service.name).join(', ')
  const emitters =
    names(services.filter((service) => service.emits.includes(definition.type))) ||
    (operatorEvents.includes(definition.type) ? "an operator's program" : 'every service, through the log')
  const readers = names(services.filter((service) => service.consumes.includes(definition.type))) || 'nobody yet'
  const rows = Object.entries(definition.data.properties as Record<string, TSchema>).map(
    ([name, schema]) =>
      `| \`${name}\` | ${fieldType(schema).replaceAll('|', '\\|')} | ${isPii(schema) ? 'personal' : ''} | ${schema.description ?? ''} |`
  )
  return [
    `### ${definition.type}`,
    definition.description,
    `Aggregate \`${definition.context}.${definition.aggregate}\` · emitted by ${emitters} · read by ${readers}`,
    ['| field | type | | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n')
  ].join('\n\n')
}
