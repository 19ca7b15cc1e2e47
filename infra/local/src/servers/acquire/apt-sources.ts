/** One package source of this machine, whichever of apt's two formats it was written in. */
export interface AptSource {
  uris: string[]
  suites: string[]
  components: string[]
  /** Every other field (Signed-By, Architectures, Trusted, …), kept word for word. */
  fields: Record<string, string>
}

/** What a one-line source's options are called in a deb822 source. */
const OPTION_FIELDS: Record<string, string> = {
  arch: 'Architectures',
  lang: 'Languages',
  target: 'Targets',
  'signed-by': 'Signed-By',
  trusted: 'Trusted',
  pdiffs: 'PDiffs',
  'by-hash': 'By-Hash',
  'allow-insecure': 'Allow-Insecure',
  'allow-weak': 'Allow-Weak',
  'allow-downgrade-to-insecure': 'Allow-Downgrade-To-Insecure',
  'check-valid-until': 'Check-Valid-Until',
  'valid-until-min': 'Valid-Until-Min',
  'valid-until-max': 'Valid-Until-Max',
  'check-date': 'Check-Date',
  'date-max-future': 'Date-Max-Future',
  'inrelease-path': 'InRelease-Path',
  snapshot: 'Snapshot'
}

/** Reads a `.sources` file (deb822). Disabled and source-code entries are left out. */
export function parseDeb822(text: string): AptSource[] {
  return text
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map(parseStanza)
    .flatMap((stanza) => toSource(stanza))
}

/** Reads a `.list` file (one line per source). */
export function parseOneLine(text: string): AptSource[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line)
    if (match === null) return []
    const [, options = '', uri = '', suite = '', components = ''] = match
    return [{ uris: [uri], suites: [suite], components: words(components), fields: parseOptions(options) }]
  })
}

/** Writes sources as one deb822 file. */
export function formatDeb822(sources: readonly AptSource[]): string {
  return sources
    .map((source) =>
      [
        'Types: deb',
        `URIs: ${source.uris.join(' ')}`,
        `Suites: ${source.suites.join(' ')}`,
        ...(source.components.length > 0 ? [`Components: ${source.components.join(' ')}`] : []),
        ...Object.entries(source.fields).map(([name, value]) => `${name}: ${value}`),
        ''
      ].join('\n')
    )
    .join('\n')
}

/**
 * The machine's own distribution archive, pointed at another suite. Third-party sources are left
 * out: they do not carry the distribution's suites. Where any candidate is signed by the
 * distribution's archive key, only those remain.
 */
export function withSuite(sources: readonly AptSource[], ownSuites: readonly string[], suite: string): AptSource[] {
  const candidates = sources.filter(
    (source) =>
      source.suites.some((own) => ownSuites.includes(own)) &&
      source.components.includes('main') &&
      !source.uris.every((uri) => uri.startsWith('cdrom:'))
  )
  const official = candidates.filter((source) =>
    /-archive-keyring|debian-archive/.test(source.fields['Signed-By'] ?? '')
  )
  return (official.length > 0 ? official : candidates).map((source) => ({ ...source, suites: [suite] }))
}

function parseStanza(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  let current: string | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue
    const field = /^([A-Za-z][A-Za-z-]*):[ \t]*(.*)$/.exec(line)
    if (field?.[1] !== undefined) {
      current = field[1].toLowerCase()
      fields.set(current, field[2] ?? '')
    } else if (current !== undefined && /^[ \t]/.test(line)) {
      fields.set(current, `${fields.get(current) ?? ''}\n${line}`)
    }
  }
  return fields
}

function toSource(stanza: Map<string, string>): AptSource[] {
  const types = words(stanza.get('types') ?? '')
  const enabled = !/^(no|false|off|0|disable)$/i.test(stanza.get('enabled')?.trim() ?? 'yes')
  if (!types.includes('deb') || !enabled) return []
  const named = ['types', 'enabled', 'uris', 'suites', 'components']
  const canonical = new Map(Object.values(OPTION_FIELDS).map((name) => [name.toLowerCase(), name]))
  const rest = [...stanza].filter(([name]) => !named.includes(name) && !name.startsWith('x-'))
  return [
    {
      uris: words(stanza.get('uris') ?? ''),
      suites: words(stanza.get('suites') ?? ''),
      components: words(stanza.get('components') ?? ''),
      fields: Object.fromEntries(rest.map(([name, value]) => [canonical.get(name) ?? name, value]))
    }
  ]
}

function parseOptions(text: string): Record<string, string> {
  return Object.fromEntries(
    words(text).flatMap((option) => {
      const [name = '', ...value] = option.split('=')
      const field = OPTION_FIELDS[name.toLowerCase()]
      return field === undefined ? [] : [[field, value.join('=').replaceAll(',', ' ')]]
    })
  )
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}
