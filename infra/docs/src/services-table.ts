import type { ServiceFacts } from './services.ts'

/** The table of services of the README. */
export function servicesTable(services: readonly ServiceFacts[]): string {
  const rows = services.map(
    (service) =>
      `| \`${service.name}\` | ${service.port} | ${service.description} | ${service.consumes.length} | ${service.emits.length} |`
  )
  return [
    '| service | port | what it does | event types read | recorded |',
    '| --- | --- | --- | --- | --- |',
    ...rows
  ].join('\n')
}
