import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { AnswerOf } from '../api/client.ts'
import { readOfOne } from '../api/queries.ts'
import { CrmWriteCard } from '../detail/crm-write-card.tsx'
import { DetailPanel } from '../detail/detail-panel.tsx'
import { FailedAttempts } from '../detail/failed-attempts.tsx'
import { PayloadOf } from '../detail/payload.tsx'
import { TraceTree } from '../detail/trace-tree.tsx'
import { Id } from '../design/id.tsx'
import { Code, Fact, Facts } from '../design/page.tsx'
import { Loaded } from '../design/states.tsx'
import { Status } from '../design/status.tsx'
import { TabPanels } from '../design/tab-panels.tsx'
import { Time } from '../design/time.tsx'
import { bytes, counted, duration } from '../words/format.ts'
import { deliveryName, nameOf, schemeWords, sentence } from '../words/names.ts'

type Received = AnswerOf<'/v1/received-events/{id}'>

/** One webhook: what came of it, what it said, what failed on the way. */
export default function InboxDetail() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(readOfOne('/v1/received-events/{id}', id))
  const title =
    found.data === undefined
      ? 'Received event'
      : `${deliveryName(found.data.eventType)} · ${nameOf(found.data.provider)}`
  return (
    <DetailPanel title={title} kicker="Received event" back="/inbox">
      <Loaded read={found}>{(event) => <Body key={id} event={event} />}</Loaded>
    </DetailPanel>
  )
}

function Body({ event }: { event: Received }) {
  return (
    <>
      {event.lastError === null || event.status !== 'failed' ? null : <Trouble event={event} />}
      <Facts>
        <Fact name="Status">
          <Status kind="received" state={event.status} />
          {event.ignoredBecause === null ? null : (
            <span className="ml-2 text-muted">{sentence(event.ignoredBecause)}</span>
          )}
        </Fact>
        <Fact name="About">
          {event.lead === null ? (
            <span className="text-muted">Nobody that is known</span>
          ) : (
            <Link to="/leads/$id" params={{ id: event.lead.id }} className="font-medium text-link hover:underline">
              {event.lead.name ?? event.lead.email}
            </Link>
          )}
        </Fact>
        {event.meetingId === null ? null : (
          <Fact name="Meeting">
            <Link to="/meetings/$id" params={{ id: event.meetingId }} className="font-medium text-link hover:underline">
              Open the meeting
            </Link>
          </Fact>
        )}
        <Fact name="Received">
          <Time at={event.receivedAt} />
          {event.finishedAt === null ? null : (
            <span className="text-muted">
              , done after {duration(Date.parse(event.finishedAt) - Date.parse(event.receivedAt))}
            </span>
          )}
        </Fact>
        <Fact name="Signature">
          {event.verifiedBy === '' ? 'Not known' : `Verified, ${schemeWords(event.verifiedBy)}`}
        </Fact>
        <Fact name="Size">{bytes(event.size)}</Fact>
        <Fact name="Delivery key">
          <Code>{event.idempotencyKey}</Code>
        </Fact>
        <Fact name="ID">
          <Id id={event.id} />
        </Fact>
      </Facts>
      <TabPanels
        label="More about this event"
        tabs={[
          { id: 'effects', word: 'Effects', panel: <TraceTree eventId={event.id} /> },
          { id: 'payload', word: 'Payload', panel: <PayloadOf eventId={event.id} /> },
          {
            id: 'attempts',
            word: withCount('Failures', event.failedAttemptLog.length),
            panel: <FailedAttempts attempts={event.failedAttemptLog} />
          },
          { id: 'crm', word: withCount('CRM', event.crmWrites.length), panel: <CrmAnswers writes={event.crmWrites} /> }
        ]}
      />
    </>
  )
}

function withCount(word: string, count: number): string {
  return count === 0 ? word : `${word} ${String(count)}`
}

function CrmAnswers({ writes }: { writes: Received['crmWrites'] }) {
  if (writes.length === 0) return <p className="text-muted">Nothing was asked of the CRM.</p>
  return (
    <div className="flex flex-col gap-3">
      {writes.map((write) => (
        <CrmWriteCard key={write.id} write={write} />
      ))}
    </div>
  )
}

function Trouble({ event }: { event: Received }) {
  const [letter] = event.deadLetters.filter(({ state }) => state === 'open')
  return (
    <div className="rounded-lg bg-tone-danger-soft p-3 text-tone-danger">
      <p className="font-medium [overflow-wrap:anywhere]">{event.lastError?.message}</p>
      <p className="mt-1 font-mono text-xs">{event.lastError?.code}</p>
      {letter === undefined ? null : (
        <Link
          to="/dead-letters/$id"
          params={{ id: letter.fingerprint }}
          className="mt-2 inline-block font-medium underline"
        >
          {counted(event.deadLetters.length, 'dead letter')}: decide what happens
        </Link>
      )}
    </div>
  )
}
