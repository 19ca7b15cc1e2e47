import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { Section } from '../../design/page.tsx'
import { Failed } from '../../design/states.tsx'
import { Look } from '../../design/status.tsx'
import { Ticking } from '../../design/ticking.tsx'
import { may } from '../../words/access.ts'
import { otherEnd } from '../../words/calls.ts'
import { conferenceName, participantLook } from '../../words/conferences.ts'
import { counted } from '../../words/format.ts'
import { useTelephony } from './use-telephony.ts'

type Conference = RowOf<'/v1/conferences'>
type Participant = Conference['participants'][number]
type Call = RowOf<'/v1/calls'>

const MOST = 50

/** Conferences that are open, with who is in them. Nothing while there is none. */
export function Conferences({ calls }: { calls: readonly Call[] }) {
  const found = useQuery(plainRead('/v1/conferences', { ended: 'false', limit: MOST }))
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />
  const open = found.data?.data.filter(({ participants }) => participants.some(({ present }) => present)) ?? []
  if (open.length === 0) return null
  return (
    <Section title={`${counted(open.length, 'conference')} now`}>
      <ul className="flex flex-col gap-3" aria-label="Conferences">
        {open.map((conference) => (
          <OneConference key={conference.id} conference={conference} calls={calls} />
        ))}
      </ul>
    </Section>
  )
}

function OneConference({ conference, calls }: { conference: Conference; calls: readonly Call[] }) {
  const mayChange = may(useMe(), 'commands') && conference.state !== 'ending'
  const telephony = useTelephony()
  const present = conference.participants.filter((one) => one.present)
  const name = conferenceName(conference)
  const conferenceId = conference.id
  return (
    <li className="panel flex flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="flex min-w-0 items-baseline gap-3">
          <span className="truncate font-medium">{name}</span>
          <span className="text-xs text-muted">
            {counted(present.length, 'participant')}, <span className="sr-only">open for </span>
            <Ticking since={conference.openedAt} />
          </span>
        </span>
        {mayChange ? (
          <ConfirmButton
            word="End"
            question="End it, and the calls of all who are in it?"
            sure="End for all"
            working={telephony.isPending}
            onSure={() =>
              telephony.mutate({
                command: 'EndConference',
                body: { conferenceId },
                said: 'The conference is being ended'
              })
            }
          />
        ) : (
          <span className="text-xs text-muted">{conference.state === 'ending' ? 'Is being ended' : ''}</span>
        )}
      </div>
      <ul className="divide-y divide-separator" aria-label={`In ${name}`}>
        {present.map((participant) => (
          <OneParticipant
            key={participant.callId}
            conferenceId={conferenceId}
            participant={participant}
            call={calls.find(({ id }) => id === participant.callId) ?? null}
            mayChange={mayChange}
          />
        ))}
      </ul>
    </li>
  )
}

function OneParticipant(props: {
  conferenceId: string
  participant: Participant
  call: Call | null
  mayChange: boolean
}) {
  const { conferenceId, participant, call, mayChange } = props
  const { callId, muted, hold } = participant
  const telephony = useTelephony()
  const who = call === null ? 'One of us' : otherEnd(call, call.expanded?.lead ?? null)
  const look = participantLook(participant)
  const of = { conferenceId, callId }
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 py-2">
      <span className="flex min-w-0 items-center gap-3">
        <Link to="/calls/$id" params={{ id: callId }} className="min-w-0 truncate font-medium hover:underline">
          {who}
        </Link>
        {look === null ? null : <Look look={look} />}
      </span>
      {mayChange ? (
        <span className="flex flex-wrap items-center gap-2">
          <Button
            size="sm"
            variant="secondary"
            aria-label={`${muted ? 'Unmute' : 'Mute'} ${who}`}
            isDisabled={telephony.isPending}
            onPress={() =>
              telephony.mutate({
                command: 'MuteParticipant',
                body: { ...of, muted: !muted },
                said: muted ? `${who} is heard again` : `${who} is being muted`
              })
            }
          >
            {muted ? 'Unmute' : 'Mute'}
          </Button>
          <Button
            size="sm"
            variant="secondary"
            aria-label={`${hold ? 'Take back' : 'Hold'} ${who}`}
            isDisabled={telephony.isPending}
            onPress={() =>
              telephony.mutate({
                command: 'HoldParticipant',
                body: { ...of, hold: !hold },
                said: hold ? `${who} is taken back` : `${who} is put on hold`
              })
            }
          >
            {hold ? 'Take back' : 'Hold'}
          </Button>
          <ConfirmButton
            word="Remove"
            question={`Take ${who} out, which ends their call?`}
            sure="Remove"
            working={telephony.isPending}
            onSure={() =>
              telephony.mutate({
                command: 'RemoveParticipant',
                body: of,
                said: `${who} is taken out of the conference`
              })
            }
          />
        </span>
      ) : null}
    </li>
  )
}
