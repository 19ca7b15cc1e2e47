import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { Fact, Facts, Section } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { DetailPanel } from '../../detail/detail-panel.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { may } from '../../words/access.ts'
import { doneWords, standsWords } from '../../words/suppressions.ts'
import { SuppressDialog } from './suppress-dialog.tsx'

type Suppression = AnswerOf<'/v1/suppressions/{id}'>

/** One number: what stands between us and it, and everything that was done about it, each with its event as the proof. */
export default function SuppressionDetail() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(readOfOne('/v1/suppressions/{id}', id, { expand: 'lead' }))
  return (
    <DetailPanel title={found.data?.address ?? 'A number'} kicker="Suppression" back="/suppressions">
      <Loaded read={found}>{(suppression) => <Body suppression={suppression} />}</Loaded>
    </DetailPanel>
  )
}

function Body({ suppression }: { suppression: Suppression }) {
  const mayChange = may(useMe(), 'commands')
  const [releasing, setReleasing] = useState(false)
  const { address, active, history } = suppression
  const lead = suppression.expanded?.lead ?? null
  return (
    <>
      <p
        className={`rounded-lg px-4 py-3 ${active ? 'bg-tone-warning-soft text-tone-warning' : 'bg-tone-neutral-soft text-tone-neutral'}`}
      >
        {standsWords(suppression)}
      </p>
      <Facts>
        <Fact name="Number">{address ?? 'Erased: the fact stays, under a keyed hash of the number'}</Fact>
        <Fact name="Lead">
          {lead === null ? (
            <span className="text-muted">Nobody that is known as a lead</span>
          ) : (
            <Link to="/leads/$id" params={{ id: lead.id }} className="font-medium text-link hover:underline">
              {lead.name ?? lead.email}
            </Link>
          )}
        </Fact>
      </Facts>
      {active && mayChange && address !== null ? (
        <Button size="sm" variant="secondary" className="self-start" onPress={() => setReleasing(true)}>
          Release
        </Button>
      ) : null}
      <Section title="What was done, newest first">
        <ol className="flex flex-col gap-3">
          {history.toReversed().map((done) => (
            <li key={done.eventId} className="rounded-lg border border-border p-3">
              <p className="font-medium">{doneWords(done)}</p>
              {done.why === null ? null : <p className="[overflow-wrap:anywhere]">{done.why}</p>}
              <p className="mt-1 text-xs text-muted">
                {done.by}, <Time at={done.at} />.{' '}
                <EventLink id={done.eventId} className="text-link hover:underline">
                  Proof
                </EventLink>
              </p>
            </li>
          ))}
        </ol>
      </Section>
      {releasing && address !== null ? <SuppressDialog released={address} onClose={() => setReleasing(false)} /> : null}
    </>
  )
}
