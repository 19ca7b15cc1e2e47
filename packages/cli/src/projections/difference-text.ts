import { counted } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'

/** What differs in one row; `before` is the live or the earlier one. */
export interface ShownDifference {
  readonly key: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly columns: readonly { readonly column: string; readonly before: unknown; readonly after: unknown }[]
}

const MARKS = { added: '+', removed: '-', changed: '~' } as const

/** Longer values are cut: what differs is mostly seen at their beginning. */
const LONGEST_VALUE = 60

export function differencesText(differences: readonly ShownDifference[], style: Style): string {
  return differences
    .map(({ key, kind, columns }) => {
      const mark = kind === 'added' ? style.good : kind === 'removed' ? style.bad : style.warn
      const lines =
        kind === 'changed' ? columns.map((one) => `    ${one.column}: ${short(one.before)} → ${short(one.after)}`) : []
      return [mark(`${MARKS[kind]} ${key}`), ...lines].join('\n')
    })
    .join('\n')
}

export function differenceCounts(differences: readonly ShownDifference[]): string {
  const of = (kind: ShownDifference['kind']): number => differences.filter((one) => one.kind === kind).length
  return `${counted(of('added'), 'row')} added, ${String(of('removed'))} removed, ${String(of('changed'))} changed`
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`
}
