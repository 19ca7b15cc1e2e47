import { Button } from '@heroui/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { plainRead } from '../../api/queries.ts'
import { startWork, type Work } from '../../api/start-work.ts'
import { ProgressBar } from '../../design/progress-bar.tsx'
import { Time } from '../../design/time.tsx'
import { StopWork } from '../../detail/stop-work.tsx'
import { useWork } from '../../live/use-work.ts'
import { counted } from '../../words/format.ts'
import { redriveVerdict, type RedriveFigures } from '../../words/redrive.ts'

const PATH = '/v1/redrives'
/** How many go first; the rest follow only when a person has seen what became of them. */
const CANARIES = 5

const PHASES: Readonly<Record<string, string>> = {
  simulate: 'Trying without sending anything',
  canary: 'Trying one after the other',
  rest: 'Trying the rest'
}

const TONES = {
  success: 'bg-tone-success-soft text-tone-success',
  warning: 'bg-tone-warning-soft text-tone-warning',
  danger: 'bg-tone-danger-soft text-tone-danger'
}

/** A few of a group first, what became of them, and then the rest. */
export function Canary({ fingerprint, open }: { fingerprint: string; open: number }) {
  const newest = useQuery(plainRead(PATH, { about: fingerprint, limit: 1 }))
  const [started, setStarted] = useState<{ id: string; after: number } | null>(null)
  const start = useMutation({
    mutationFn: (most: number | null) => startWork(PATH, most === null ? { fingerprint } : { fingerprint, most }),
    onSuccess: setStarted,
    onError: (error) => toast.error(error.message)
  })
  const known = newest.data?.data[0] ?? null
  const watched = useWork(PATH, started ?? (known?.state === 'running' ? { id: known.id } : null))
  // While what was just started is not known yet, the one before says nothing any more.
  const work = watched ?? (started === null || known?.id === started.id ? known : null)
  const isRunning = start.isPending || (started !== null && work === null) || work?.state === 'running'
  const wentThrough = work?.state === 'done' && (work.result as RedriveFigures | null)?.failedOtherwise === 0
  // One alone is tried where it stands.
  if (!isRunning && work === null && open < 2) return null
  return (
    <section
      aria-label="Try them again"
      aria-live="polite"
      className="flex flex-col gap-3 rounded-lg border border-border p-3"
    >
      {isRunning ? (
        <Running work={work} />
      ) : (
        <>
          {work === null ? null : <Ended work={work} />}
          {open === 0 ? null : (
            <div className="flex flex-wrap items-center gap-2">
              {wentThrough ? (
                <Button size="sm" variant="primary" onPress={() => start.mutate(null)}>
                  {open === 1 ? 'Try the last one' : `Try the other ${String(open)}`}
                </Button>
              ) : (
                <Button size="sm" variant="primary" onPress={() => start.mutate(CANARIES)}>
                  {open > CANARIES ? 'Try five first' : open === 1 ? 'Try it again' : `Try all ${String(open)} again`}
                </Button>
              )}
              <span className="text-xs text-muted">It stops by itself at the first repeat of the same error.</span>
            </div>
          )}
        </>
      )}
    </section>
  )
}

function Running({ work }: { work: Work | null }) {
  const progress = work?.progress ?? null
  return (
    <>
      <ProgressBar
        label={PHASES[progress?.phase ?? ''] ?? 'Beginning'}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
      />
      {work === null ? null : <StopWork path={PATH} work={work} />}
    </>
  )
}

function Ended({ work }: { work: Work }) {
  const figures = work.result as RedriveFigures | null
  const verdict = redriveVerdict(figures, work.message)
  return (
    <div className={`rounded-lg p-3 ${TONES[verdict.tone]}`}>
      <p className="[overflow-wrap:anywhere]">{verdict.text}</p>
      <p className="mt-1 text-xs">
        {counted(figures?.total ?? 0, 'message')} asked for by {work.startedBy},{' '}
        <Time at={work.startedAt} hint={false} />
      </p>
    </div>
  )
}
