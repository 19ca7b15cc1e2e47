import type { ServiceFacts } from './services.ts'

/** `docs/configuration.md`: every variable, who reads it, its default and an example. */
export function configurationPage(services: readonly ServiceFacts[]): string {
  const variables = new Map<
    string,
    { description: string; fallback: string; example: string; secret: boolean; readers: string[] }
  >()
  for (const service of services) {
    for (const setting of Object.values(service.variables)) {
      const known = variables.get(setting.env)
      if (known) known.readers.push(service.name)
      else {
        const fallback =
          setting.fallback === undefined ? 'required' : shown(inUnitOf(setting.env, setting.fallback.value))
        variables.set(setting.env, {
          description: setting.description,
          fallback,
          example: setting.example,
          secret: setting.secret,
          readers: [service.name]
        })
      }
    }
  }
  const rows = [...variables]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, { description, fallback, example, secret, readers }]) => {
      const who = readers.length === services.length ? 'all' : readers.join(', ')
      return `| \`${name}\` | ${cell(description)}${secret ? ' (secret)' : ''} | ${cell(fallback)} | \`${cell(example)}\` | ${who} |`
    })
  return (
    [
      '# Configuration',
      'Generated from the `config.ts` of the services by `pnpm run docs`; do not edit. Every variable can also be given as `<NAME>_FILE`, the path of a file that holds the value, or be kept in Vault (`VAULT_ADDR`). A service that cannot work with its configuration lists every problem at once and ends with code 78.',
      ['| variable | meaning | default | example | read by |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
    ].join('\n\n') + '\n'
  )
}

function shown(value: unknown): string {
  if (value === undefined) return 'none'
  if (value === '') return 'empty'
  return `\`${Array.isArray(value) ? value.join(',') || ' ' : JSON.stringify(value).replaceAll('"', '')}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** Lists of seconds are kept in milliseconds; the variable is written in seconds. */
function inUnitOf(variable: string, value: unknown): unknown {
  return variable.endsWith('_SECONDS') && Array.isArray(value) ? value.map((part) => Number(part) / 1000) : value
}
