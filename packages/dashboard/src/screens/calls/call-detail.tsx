import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { DetailPanel } from '../../detail/detail-panel.tsx'
import { Id } from '../../design/id.tsx'
import { Fact, Facts, Section } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Ticking, useSecond } from '../../design/ticking.tsx'
import { Time } from '../../design/time.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { clock, otherEnd, shownState, whereItIs, whyItFellBack } from '../../words/calls.ts'
import { transferWords } from '../../words/transfers.ts'
import { CallCost } from './call-cost.tsx'
import { CallTurns } from './call-turns.tsx'
import { HangUp } from './hang-up.tsx'
import { Recordings } from './recordings.tsx'
import { Transfer } from './transfer.tsx'

type Call = AnswerOf<'/v1/calls/{id}'>

/** One call: who, how it stands or ended, and what was said and done at each turn. */
export default function CallDetail() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(readOfOne('/v1/calls/{id}', id, { expand: 'lead' }))
  const call = found.data
  return (
    <DetailPanel
      title={call === undefined ? 'Call' : otherEnd(call, call.expanded?.lead ?? null)}
      kicker="Call"
      back="/calls"
    >
      <Loaded read={found}>{(known) => <Body call={known} />}</Loaded>
    </DetailPanel>
  )
}

function Body({ call }: { call: Call }) {
  const lead = call.expanded?.lead ?? null
  const first = call.events[0]
  return (
    <>
      <HowItStands call={call} />
      <Facts>
        <Fact name={call.direction === 'inbound' ? 'Caller' : 'Called'}>
          {lead === null ? (
            <span className="text-muted">Nobody that is known as a lead</span>
          ) : (
            <Link to="/leads/$id" params={{ id: lead.id }} className="font-medium text-link hover:underline">
              {lead.name ?? lead.email}
            </Link>
          )}
        </Fact>
        <Fact name="Number">{otherEnd(call, null)}</Fact>
        {call.ours === null ? null : <Fact name="Our number">{call.ours}</Fact>}
        <Fact name="Flow">
          {call.flow === null ? (
            <span className="text-muted">None</span>
          ) : (
            `${call.flow.name ?? call.flow.flowId}, version ${String(call.flow.version)}`
          )}
        </Fact>
        <Fact name="Began">
          <Time at={call.startedAt} />
        </Fact>
        <Fact name="Length">
          {call.live ? (
            <Ticking since={call.startedAt} />
          ) : call.durationSeconds === null ? (
            <span className="text-muted">Not told by Twilio</span>
          ) : (
            clock(call.durationSeconds)
          )}
        </Fact>
        {call.live ? null : (
          <Fact name="Cost">
            <CallCost callId={call.id} startedAt={call.startedAt} />
          </Fact>
        )}
        <Fact name="ID">
          <Id id={call.id} />
        </Fact>
      </Facts>
      <Recordings callId={call.id} reported={call.recordings.length} />
      <Section
        title="What happened"
        aside={
          first === undefined ? null : (
            <EventLink id={first.id} className="text-xs text-link hover:underline">
              Follow it back
            </EventLink>
          )
        }
      >
        <CallTurns call={call} />
      </Section>
    </>
  )
}

function HowItStands({ call }: { call: Call }) {
  const state = shownState(call, useSecond())
  const handed = call.transfer === null ? null : transferWords(call.transfer)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Status kind="call" state={state} />
        {call.live ? <span className="text-muted">{handed ?? whereItIs(call)}</span> : null}
        {call.live && call.dialId !== null ? <HangUp dialId={call.dialId} /> : null}
        <Transfer call={call} who={otherEnd(call, call.expanded?.lead ?? null)} />
      </div>
      {state === 'stuck' ? (
        <p className="rounded-lg bg-tone-danger-soft px-3 py-2 text-tone-danger">
          Nothing was heard of this call since <Time at={call.lastHeardAt} />. Twilio’s word of its end may be lost.
        </p>
      ) : null}
      {call.fellBack === null ? null : (
        <p className="rounded-lg bg-tone-warning-soft px-3 py-2 text-tone-warning">
          It left the flow: {whyItFellBack(call.fellBack.reason)}.{' '}
          {call.fellBack.number === null
            ? 'The caller was asked to call again.'
            : `The caller was put through to ${call.fellBack.number}.`}
        </p>
      )}
    </div>
  )
}
