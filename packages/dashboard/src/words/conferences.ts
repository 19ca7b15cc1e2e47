import type { RowOf } from '../api/client.ts'
import type { StatusLook } from './status.ts'

type Conference = RowOf<'/v1/conferences'>

/** What a conference is called. */
export function conferenceName({ name, transferOf }: Pick<Conference, 'name' | 'transferOf'>): string {
  if (transferOf !== null) return 'A caller is handed over'
  return name ?? "A flow's conference"
}

/** What is special about somebody in a conference; null for who simply talks. */
export function participantLook({
  muted,
  hold
}: Pick<Conference['participants'][number], 'muted' | 'hold'>): StatusLook | null {
  if (hold) return { tone: 'warning', icon: 'clock', word: 'On hold' }
  return muted ? { tone: 'neutral', icon: 'minus', word: 'Muted' } : null
}
