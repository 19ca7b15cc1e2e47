import { thousands } from '../words/format.ts'

/** How far something is, with its figures; without a total it says only what is done. */
export function ProgressBar({ label, done, total }: { label: string; done: number; total: number }) {
  const share = total === 0 ? 0 : Math.min(1, done / total)
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-3 text-xs">
        <span>{label}</span>
        <span className="tnum text-muted">
          {thousands(done)}
          {total === 0 ? '' : ` of ${thousands(total)}`}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="h-1.5 overflow-hidden rounded-full bg-surface-secondary"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${String(share * 100)}%` }} />
      </div>
    </div>
  )
}
