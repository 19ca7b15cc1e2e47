import { CloudOff, Radio, RefreshCw } from 'lucide-react'
import type { ConnectionState } from '../live/follow-stream.ts'
import { useConnection } from '../live/live-updates.tsx'

const WORDS: Readonly<Record<ConnectionState, { word: string; title: string; className: string; icon: typeof Radio }>> =
  {
    connecting: {
      word: 'Connecting',
      title: 'The live stream is being opened',
      className: 'text-muted',
      icon: RefreshCw
    },
    live: { word: 'Connected', title: 'Changes show as they happen', className: 'text-tone-success', icon: Radio },
    polling: {
      word: 'Polling',
      title: 'The live stream is away; this page asks again every few seconds',
      className: 'text-tone-warning',
      icon: RefreshCw
    },
    offline: {
      word: 'Disconnected',
      title: 'The gateway does not answer; what you see may be old',
      className: 'text-tone-danger',
      icon: CloudOff
    }
  }

/** How fresh what the page shows is. */
export function ConnectionBadge() {
  const { word, title, className, icon: Icon } = WORDS[useConnection()]
  return (
    <span role="status" title={title} className={`inline-flex items-center gap-1.5 text-xs font-medium ${className}`}>
      <Icon aria-hidden size={13} />
      {word}
    </span>
  )
}
