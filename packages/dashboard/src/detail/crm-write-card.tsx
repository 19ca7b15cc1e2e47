import type { RowOf } from '../api/client.ts'
import { Id } from '../design/id.tsx'
import { Status } from '../design/status.tsx'
import { Time } from '../design/time.tsx'
import { counted, duration } from '../words/format.ts'
import { nameOf, sentence } from '../words/names.ts'

type Write = RowOf<'/v1/crm-writes'>

/** One write for the CRM: what it was to say, and what the CRM answered. */
export function CrmWriteCard({ write }: { write: Write }) {
  const values = Object.entries(write.values ?? {})
  return (
    <article className="rounded-lg border border-border p-3">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">
          {write.kind === 'note'
            ? (write.note?.title ?? 'Note')
            : `${sentence(write.kind)} in ${nameOf(write.provider)}`}
        </p>
        <Status kind="crm" state={write.state} />
      </header>
      <p className="mt-1 text-xs text-muted">
        <Time at={write.settledAt ?? write.queuedAt} />
        {write.action === null ? '' : `, ${write.action}`}
        {write.latencyMs === null ? '' : `, answered in ${duration(write.latencyMs)}`}
        {write.waitedMs === null || write.waitedMs < 1_000 ? '' : ` after ${duration(write.waitedMs)} in the queue`}
        {write.crmId === null ? null : (
          <>
            , <Id id={write.crmId} label="CRM record" />
          </>
        )}
      </p>
      {write.error === null ? null : (
        <p className="mt-2 text-tone-danger [overflow-wrap:anywhere]">
          {write.error.message} <span className="font-mono text-xs">{write.error.code}</span>
        </p>
      )}
      {values.length === 0 && write.note === null ? null : (
        <details className="mt-2">
          <summary className="cursor-pointer text-xs font-medium text-muted hover:text-foreground">
            {write.note === null ? counted(values.length, 'field') : 'Text'}
          </summary>
          {write.note === null ? (
            <dl className="mt-2 grid grid-cols-[minmax(6rem,10rem)_1fr] gap-x-3 gap-y-1 text-xs">
              {values.map(([name, value]) => (
                <FieldRow key={name} name={name} value={value} />
              ))}
            </dl>
          ) : (
            <p className="mt-2 text-xs whitespace-pre-wrap">{write.note.content}</p>
          )}
        </details>
      )}
    </article>
  )
}

function FieldRow({ name, value }: { name: string; value: unknown }) {
  return (
    <>
      <dt className="truncate text-muted" title={name}>
        {name.replaceAll('_', ' ')}
      </dt>
      <dd className="[overflow-wrap:anywhere]">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
    </>
  )
}
