import type { Style } from '../output/style.ts'
import { formatTable } from '../output/table.ts'
import { shortType } from './event-line.ts'

/** An event type with the services at its ends. */
export interface EventEdge {
  readonly type: string
  readonly emitters: readonly string[]
  readonly readers: readonly string[]
}

/** Every event type that some service reads or emits, by name. */
export function eventGraph(
  services: readonly {
    readonly service: string
    readonly consumes: readonly string[]
    readonly emits: readonly string[]
  }[]
): EventEdge[] {
  const types = [...new Set(services.flatMap(({ consumes, emits }) => [...consumes, ...emits]))].sort()
  return types.map((type) => ({
    type,
    emitters: services.filter(({ emits }) => emits.includes(type)).map(({ service }) => service),
    readers: services.filter(({ consumes }) => consumes.includes(type)).map(({ service }) => service)
  }))
}

export function graphText(edges: readonly EventEdge[], style: Style): string {
  return formatTable(
    edges,
    [
      { title: 'event', value: ({ type }) => type },
      { title: 'emitted by', value: ({ emitters }) => emitters.join(', ') || style.dim('any service') },
      { title: 'read by', value: ({ readers }) => readers.join(', ') || style.dim('nobody') }
    ],
    style
  )
}

/** Services and what goes between them; events between the same two share an arrow. */
export function mermaidGraph(edges: readonly EventEdge[]): string {
  const arrows = new Map<string, string[]>()
  for (const { type, emitters, readers } of edges) {
    for (const from of emitters.length > 0 ? emitters : ['any']) {
      for (const to of readers) arrows.set(`${from} ${to}`, [...(arrows.get(`${from} ${to}`) ?? []), shortType(type)])
    }
  }
  return [
    'flowchart LR',
    ...[...arrows].map(([ends, types]) => {
      const [from = '', to = ''] = ends.split(' ')
      return `  ${from} -- "${types.join('<br/>')}" --> ${to}`
    })
  ].join('\n')
}
