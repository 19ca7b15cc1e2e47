import type { LeftOut } from '@leadlog/frozen'
import type { Style } from '../output/style.ts'

/** What could not be frozen, and why; nothing where all could. */
export function leftOutText(leftOut: readonly LeftOut[], style: Style): string[] {
  const byReason = Map.groupBy(leftOut, ({ service, handler, because }) => `${service}/${handler}: ${because}`)
  return [...byReason].map(([reason, all]) => {
    const [first] = all
    const which = all.length > 1 ? `${String(all.length)} events, ${first?.eventId ?? ''} the first` : first?.eventId
    return `${style.warn('left out')} ${reason} (${which ?? ''})`
  })
}
