import { Button, Popover, Tooltip } from '@heroui/react'
import { Quote } from 'lucide-react'
import { FactValue } from '../../design/fact-value.tsx'
import { Section } from '../../design/page.tsx'
import { Empty } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { groupedFacts } from '../../words/fields.ts'
import { percent } from '../../words/format.ts'
import { nameOf } from '../../words/names.ts'
import type { LeadAnswer } from './lead-page.tsx'

type Field = LeadAnswer['fields'][string]

/** Everything that was read about the lead, each value with where it comes from one hover, tap or key away. */
export function LeadFacts({ fields }: { fields: LeadAnswer['fields'] }) {
  const groups = groupedFacts(fields)
  if (groups.length === 0) {
    return <Empty title="Nothing was read yet">Facts come from booking answers and from transcripts of meetings.</Empty>
  }
  return (
    <div className="flex flex-col gap-6">
      {groups.map(({ title, facts }) => (
        <Section key={title} title={title}>
          <dl className="panel divide-y divide-separator">
            {facts.map(({ name, words, fact }) => (
              <div key={name} className="grid gap-x-4 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[9rem_minmax(0,1fr)_auto]">
                <dt className="text-muted">{words}</dt>
                <dd className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-line">
                  <FactValue value={fact.value} />
                </dd>
                <dd className="sm:w-24 sm:text-right">
                  <Provenance words={words} field={fact} />
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ))}
    </div>
  )
}

/** Who says so, with the quoted words behind it. */
function Provenance({ words, field }: { words: string; field: Field }) {
  const confidence = field.confidence === null ? null : percent(field.confidence)
  return (
    <Popover>
      <Tooltip delay={200}>
        <Button size="sm" variant="ghost" className="h-6 gap-1 rounded-md px-1.5 text-xs font-normal text-muted">
          {field.evidence === null ? null : <Quote aria-hidden className="size-3" />}
          {nameOf(field.provider)}
          {confidence === null ? null : <span className="tnum">{confidence}</span>}
          <span className="sr-only">Where {words} comes from</span>
        </Button>
        <Tooltip.Content className="max-w-80 text-xs">
          {field.evidence === null ? 'Put together from the other facts' : `“${field.evidence}”`}
        </Tooltip.Content>
      </Tooltip>
      <Popover.Content className="w-80 max-w-[calc(100vw-2rem)]">
        <Popover.Dialog aria-label={`Where ${words} comes from`} className="flex flex-col gap-3 text-sm">
          {field.evidence === null ? (
            <p className="text-muted">Put together from the other facts; no single sentence says it.</p>
          ) : (
            <blockquote className="border-l-2 border-accent pl-3 italic [overflow-wrap:anywhere]">
              “{field.evidence}”
            </blockquote>
          )}
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-xs">
            <dt className="text-muted">Read from</dt>
            <dd>{field.kind === 'meddic' ? 'the meeting’s transcript' : 'the booking’s answers'}</dd>
            <dt className="text-muted">Read by</dt>
            <dd>
              {nameOf(field.provider)}, {field.model}, prompt {field.promptVersion}
            </dd>
            <dt className="text-muted">Confidence</dt>
            <dd>{confidence ?? 'not given'}</dd>
            <dt className="text-muted">Said</dt>
            <dd>
              <Time at={field.observedAt} hint={false} />
            </dd>
          </dl>
          <EventLink id={field.eventId} className="text-xs font-medium text-link hover:underline">
            Follow it back to the webhook
          </EventLink>
        </Popover.Dialog>
      </Popover.Content>
    </Popover>
  )
}
