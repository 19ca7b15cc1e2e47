import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { Look } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { may } from '../../words/access.ts'
import { connectWords, dialLook, whyNotPlaced } from '../../words/dials.ts'
import { useTelephony } from '../calls/use-telephony.ts'

type Dial = RowOf<'/v1/dials'>

const SHOWN = 5

/** The newest calls to a lead that were asked for, and what became of each. */
export function useLeadDials(leadId: string): readonly Dial[] {
  return useQuery(plainRead('/v1/dials', { leadId, limit: SHOWN })).data?.data ?? []
}

export function LeadDials({ dials }: { dials: readonly Dial[] }) {
  return (
    <ul className="grid gap-x-6 gap-y-3 sm:max-xl:grid-cols-2" aria-label="Calls that were asked for">
      {dials.map((dial) => (
        <OneDial key={dial.id} dial={dial} />
      ))}
    </ul>
  )
}

function OneDial({ dial }: { dial: Dial }) {
  const mayChange = may(useMe(), 'commands')
  const telephony = useTelephony()
  const why = whyNotPlaced(dial)
  return (
    <li className="flex flex-col gap-1">
      <span className="flex items-center justify-between gap-2">
        <Look look={dialLook(dial)} />
        <span className="text-xs text-muted">
          <Time at={dial.requestedAt} />
        </span>
      </span>
      <span className="text-xs text-muted [overflow-wrap:anywhere]">
        To talk to {connectWords(dial.connect)}
        {dial.why === null ? '' : `: ${dial.why}`}
      </span>
      {why === null ? null : <span className="text-xs text-tone-warning [overflow-wrap:anywhere]">{why}.</span>}
      {dial.callId === null ? null : (
        <Link to="/calls/$id" params={{ id: dial.callId }} className="text-xs text-link hover:underline">
          The call
        </Link>
      )}
      {dial.state === 'waiting' && !dial.canceled && mayChange ? (
        <span>
          <ConfirmButton
            word="Take back"
            question="Do not call them after all?"
            sure="Take back"
            working={telephony.isPending}
            onSure={() =>
              telephony.mutate({ command: 'CancelCall', body: { dialId: dial.id }, said: 'The call is taken back' })
            }
          />
        </span>
      ) : null}
    </li>
  )
}
