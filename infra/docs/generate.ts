import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandCatalogue, eventCatalogue } from '@leadlog/contracts'
import { openApiDocument } from '@leadlog/gateway/openapi'
import { dashboards, grafanaJson } from '@leadlog/observability'
import { format, resolveConfig } from 'prettier'
import { apiTypes } from './src/api-types.ts'
import { asyncApi } from './src/asyncapi.ts'
import { commandsPage } from './src/commands-page.ts'
import { configurationPage } from './src/configuration-page.ts'
import { eventsPage } from './src/events-page.ts'
import { metricsPage } from './src/metrics-page.ts'
import { commandProblems, ownershipProblems } from './src/ownership.ts'
import { logEvents, operatorEvents, services } from './src/services.ts'
import { servicesTable } from './src/services-table.ts'

const root = join(import.meta.dirname, '../..')
const check = process.argv.includes('--check')
const stale: string[] = []

const problems = ownershipProblems(eventCatalogue, services, [...logEvents, ...operatorEvents])
problems.push(...commandProblems(commandCatalogue, services))
if (problems.length > 0) {
  console.error(`Every event and command needs exactly one owner:\n  ${problems.join('\n  ')}`)
  process.exit(1)
}

await put('docs/events.md', eventsPage(eventCatalogue, services))
await put('docs/commands.md', commandsPage(commandCatalogue))
await put(
  'docs/asyncapi.yaml',
  asyncApi([...eventCatalogue, ...commandCatalogue.map(({ message }) => message)], services)
)
await put('docs/configuration.md', configurationPage(services))
await put('packages/dashboard/src/api/gateway-api.ts', apiTypes(await openApiDocument()))
await put('docs/metrics.md', await metricsPage(services))
for (const dashboard of dashboards) {
  const json = JSON.stringify(grafanaJson(dashboard))
  await put(`infra/observability/grafana/dashboards/${dashboard.uid}.json`, json)
}
await put('README.md', withSection(readFileSync(join(root, 'README.md'), 'utf8'), 'services', servicesTable(services)))

if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run "pnpm run docs" and commit the result.`)
  process.exit(1)
}
console.log(check ? 'The generated documents are up to date.' : 'The documents are written.')

async function put(path: string, text: string): Promise<void> {
  const file = join(root, path)
  const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file })
  if (!check) return writeFileSync(file, formatted)
  if (readIfThere(file) !== formatted) stale.push(path)
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Replaces what stands between `<!-- generated:name -->` and `<!-- /generated -->`. */
function withSection(text: string, name: string, content: string): string {
  const section = new RegExp(`(<!-- generated:${name} -->)[\\s\\S]*?(<!-- /generated -->)`)
  return text.replace(section, (_all, start: string, end: string) => `${start}\n\n${content}\n\n${end}`)
}
