import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../api/client.ts'
import { readOfOne } from '../api/queries.ts'
import { JsonView } from '../design/json-view.tsx'
import { Loaded } from '../design/states.tsx'
import { counted } from '../words/format.ts'

/** What an event carries; of a webhook the body as it was sent. */
export function PayloadOf({ eventId }: { eventId: string }) {
  const found = useQuery(readOfOne('/v1/events/{id}', eventId))
  return <Loaded read={found}>{(event) => <Payload event={event} />}</Loaded>
}

function Payload({ event: { payload, data, redacted } }: { event: AnswerOf<'/v1/events/{id}'> }) {
  return (
    <div className="flex flex-col gap-3">
      {payload?.erased === true ? (
        <p className="text-muted">The body is past its retention: its key is destroyed.</p>
      ) : null}
      {payload === null || payload.erased ? null : (
        <JsonView label="Body as it was sent" value={payload.json ?? payload.text} />
      )}
      {payload === null || payload.erased ? <JsonView label="Data of the event" value={data} /> : null}
      {redacted.length === 0 ? null : (
        <p className="text-xs text-muted">{counted(redacted.length, 'personal field')} not shown to you.</p>
      )}
    </div>
  )
}
