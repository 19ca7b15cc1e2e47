import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { DetailPanel } from '../../detail/detail-panel.tsx'
import { PayloadOf } from '../../detail/payload.tsx'
import { TraceTree } from '../../detail/trace-tree.tsx'
import { Id } from '../../design/id.tsx'
import { Code, Fact, Facts } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { TabPanels, type TabPanel } from '../../design/tab-panels.tsx'
import { Time } from '../../design/time.tsx'
import { factWords, type FactValue } from '../../words/event-facts.ts'
import { eventName, nameOf, sentence } from '../../words/names.ts'
import { summaryWords } from '../../words/summaries.ts'

/** One event of the log: what it says, what caused it, and what came of it. */
export default function EventDetail() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(readOfOne('/v1/events/{id}', id))
  const page = (
    <Link
      to="/trace/$id"
      params={{ id }}
      className="inline-flex h-8 items-center gap-1.5 rounded-lg px-2 text-sm font-medium text-link hover:bg-default"
    >
      <Waypoints aria-hidden size={15} /> Graph
    </Link>
  )
  return (
    <DetailPanel
      title={found.data === undefined ? 'Event' : eventName(found.data.type)}
      kicker="Event"
      back="/events"
      page={page}
    >
      <Loaded read={found}>
        {(event) => (
          <>
            <p className="text-base">{summaryWords(event.summary)}</p>
            <Facts>
              <Fact name="Recorded">
                <Time at={event.time} /> <span className="text-muted">by {nameOf(event.service)}</span>
              </Fact>
              <Fact name="Because of">{actorName(event.actor)}</Fact>
              {event.personId === null ? null : (
                <Fact name="About">
                  <Link
                    to="/leads/$id"
                    params={{ id: event.personId }}
                    className="font-medium text-link hover:underline"
                  >
                    Open the lead
                  </Link>
                </Fact>
              )}
              {Object.entries(event.facts as Readonly<Record<string, FactValue | null>>).map(([name, value]) => {
                if (value === null) return null
                const { title, words, isCode } = factWords(name, value)
                return (
                  <Fact key={name} name={title}>
                    {isCode ? <Code>{words}</Code> : words}
                  </Fact>
                )
              })}
              <Fact name="Place">
                {event.stream} {event.sequence}
              </Fact>
              <Fact name="History">
                <Link
                  to="/events"
                  search={{ subject: event.subject }}
                  className="font-mono text-xs break-all text-link hover:underline"
                >
                  {event.subject}
                </Link>
              </Fact>
              <Fact name="ID">
                <Id id={event.id} />
              </Fact>
            </Facts>
            <TabPanels key={id} label="More about this event" tabs={tabsOf(event)} />
          </>
        )}
      </Loaded>
    </DetailPanel>
  )
}

/** Who comes to a webhook comes for its body; who comes to another event, for what it has to do with others. */
function tabsOf({ id, payload }: AnswerOf<'/v1/events/{id}'>): TabPanel[] {
  const trace = { id: 'trace', word: 'Causes and effects', panel: <TraceTree eventId={id} /> }
  const data = { id: 'data', word: 'Data', panel: <PayloadOf eventId={id} /> }
  return payload === null ? [trace, data] : [data, trace]
}

/** `provider:calendly` → `Calendly`; `service:crm` → `Leads`. */
function actorName(actor: string): string {
  const [kind = '', name = ''] = actor.split(':')
  const word = nameOf(name)
  if (kind === 'provider') return `${word}, from outside`
  if (kind === 'service') return `${word}, by itself`
  return `${sentence(kind)} ${name}`
}
