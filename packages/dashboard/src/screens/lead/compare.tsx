import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { readOfOne } from '../../api/queries.ts'
import { Empty, Failed, LoadingBlock } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { absoluteTime, counted } from '../../words/format.ts'
import { fieldWords } from '../../words/fields.ts'
import { eventName } from '../../words/names.ts'
import { textWithDates } from '../../words/timeline.ts'

/** Moments of the lead's history to choose from. */
const MOMENTS = 200

/** The lead at a moment of its history beside what it is now: a slider over all that happened, and what changed since. */
export function Compare({ leadId }: { leadId: string }) {
  const history = useQuery(readOfOne('/v1/leads/{id}/timeline', leadId, { sort: 'at', limit: MOMENTS }))
  const [chosen, setChosen] = useState<number | null>(null)
  if (history.isPending) return <LoadingBlock />
  if (history.isError) return <Failed error={history.error} onRetry={() => void history.refetch()} />
  const entries = history.data.data.toSorted((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt))
  if (entries.length === 0) return <Empty title="Nothing happened yet" />
  const at = Math.min(chosen ?? 0, entries.length - 1)
  const entry = entries[at]
  if (entry === undefined) return null
  return (
    <div className="flex flex-col gap-5">
      <div className="panel p-4">
        <label className="flex flex-col gap-3">
          <span className="flex flex-wrap items-baseline justify-between gap-2">
            <span className="font-medium">{textWithDates(entry.title)}</span>
            <span className="text-xs text-muted">
              {String(at + 1)} of {String(entries.length)}, {absoluteTime(entry.recordedAt)}
            </span>
          </span>
          <input
            type="range"
            aria-label="Moment to compare with now"
            aria-valuetext={`${entry.title}, ${absoluteTime(entry.recordedAt)}`}
            min={0}
            max={entries.length - 1}
            value={at}
            onChange={(event) => setChosen(Number(event.target.value))}
            className="w-full accent-[var(--accent)]"
          />
        </label>
      </div>
      <Changes leadId={leadId} from={entry.recordedAt} />
    </div>
  )
}

function Changes({ leadId, from }: { leadId: string; from: string }) {
  const found = useQuery(readOfOne('/v1/leads/{id}/changes', leadId, { from }))
  if (found.isPending) return <LoadingBlock />
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />
  const { changes } = found.data
  if (changes.length === 0) return <Empty title="Nothing changed since then" />
  return (
    <div className="flex flex-col gap-2">
      <h2 className="text-xs font-semibold text-muted">{counted(changes.length, 'change')} since then</h2>
      <ul className="panel divide-y divide-separator">
        {changes.map((change) => (
          <li key={change.field} className="flex flex-col gap-1 px-4 py-2.5">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium">{fieldWords(change.field)}</span>
              {change.event === null ? null : (
                <span className="text-xs text-muted">
                  <Link to="/events/$id" params={{ id: change.event.id }} className="text-link hover:underline">
                    {eventName(change.event.type)}
                  </Link>
                  , <Time at={change.event.time} />
                </span>
              )}
            </p>
            <p className="flex flex-wrap items-baseline gap-2 [overflow-wrap:anywhere]">
              <Side value={change.before} />
              <ArrowRight aria-label="became" size={13} className="shrink-0 self-center text-muted" />
              <Side value={change.after} strong />
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Side({ value, strong = false }: { value: unknown; strong?: boolean }) {
  if (value === null || value === undefined) return <span className="text-muted">nothing</span>
  const text = typeof value === 'string' ? textWithDates(value) : Array.isArray(value) ? value.join(', ') : shown(value)
  return <span className={strong ? '' : 'text-muted line-through decoration-1'}>{text}</span>
}

/** A field comes with its provenance; the value is what changed. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'value' in value) {
    const inner = value.value
    return Array.isArray(inner) ? inner.join(', ') : String(inner)
  }
  return JSON.stringify(value)
}
