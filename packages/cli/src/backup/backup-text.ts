import type { BackupSummary, Manifest } from '@leadlog/backup'
import { bytes, count } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import { formatTable } from '../output/table.ts'

/** What a backup holds, as JSON. */
export function manifestFacts({ kind, id, startedAt, finishedAt, natsVersion, ...rest }: Manifest) {
  const tables = rest.schemas.flatMap(({ schema, tables }) =>
    tables.map(({ name, rows }) => ({ name: `${schema}.${name}`, rows }))
  )
  return {
    kind,
    id,
    startedAt,
    finishedAt,
    natsVersion,
    streams: rest.streams.map(({ logical, messages, lastSequence }) => ({ name: logical, messages, lastSequence })),
    tables,
    handlers: rest.consumers.map(({ name, stream, from }) => ({ name, stream, from })),
    bytes: storedBytes({ schemas: rest.schemas, streams: rest.streams })
  }
}

function storedBytes({ schemas, streams }: Pick<Manifest, 'schemas' | 'streams'>): number {
  const parts = [...streams.map(({ part }) => part), ...schemas.flatMap(({ tables }) => tables.map(({ part }) => part))]
  return parts.flatMap(({ chunks }) => chunks).reduce((sum, { size }) => sum + size, 0)
}

export function manifestText(manifest: Manifest, style: Style): string {
  const facts = manifestFacts(manifest)
  const rows = [
    ...facts.streams.map(({ name, messages, lastSequence }) => ({ name, holds: messages, upTo: lastSequence })),
    ...facts.tables.map(({ name, rows }) => ({ name, holds: rows, upTo: null }))
  ]
  const table = formatTable(
    rows,
    [
      { title: 'what', value: ({ name }) => name },
      { title: 'messages or rows', right: true, value: ({ holds }) => count(holds) },
      { title: 'up to sequence', right: true, value: ({ upTo }) => (upTo === null ? '' : count(upTo)) }
    ],
    style
  )
  return `${style.bold(`backup of ${facts.kind} ${facts.id}`)}, ${bytes(facts.bytes)} stored\n${table}`
}

export function listText(backups: readonly BackupSummary[], style: Style): string {
  return formatTable(
    backups,
    [
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'id', value: ({ id }) => id },
      { title: 'state', value: ({ complete }) => (complete ? style.good('complete') : style.warn('not complete')) },
      { title: 'stored', right: true, value: ({ bytes: size }) => bytes(size) },
      { title: 'EVENTS up to', right: true, value: ({ sequences }) => count(sequences['EVENTS'] ?? 0) }
    ],
    style
  )
}
