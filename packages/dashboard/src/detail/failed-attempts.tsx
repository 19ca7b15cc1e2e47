import type { AnswerOf } from '../api/client.ts'
import { Time } from '../design/time.tsx'
import { handlerName, nameOf } from '../words/names.ts'

type Attempt = AnswerOf<'/v1/received-events/{id}'>['failedAttemptLog'][number]

/** Attempts that failed, the newest last, each with what it said and when the next one was due. */
export function FailedAttempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <p className="text-muted">Every attempt succeeded.</p>
  return (
    <ol className="flex flex-col gap-3">
      {attempts.map((attempt) => (
        <li key={attempt.id} className="rounded-lg border border-border p-3">
          <p className="flex flex-wrap items-baseline justify-between gap-2">
            <span className="font-medium">
              {nameOf(attempt.service)}: {handlerName(attempt.handler)}
            </span>
            <span className="text-xs text-muted">
              {attempt.deferred ? 'Put off' : `Attempt ${String(attempt.attempt)}`}, <Time at={attempt.at} />
            </span>
          </p>
          <p className="mt-1 [overflow-wrap:anywhere]">{attempt.message}</p>
          <p className="mt-1 font-mono text-xs text-muted">{attempt.code}</p>
        </li>
      ))}
    </ol>
  )
}
