import { FactValue } from '@leadlog/dashboard/design/fact-value.tsx'
import { Fact, Facts, Section } from '@leadlog/dashboard/design/page.tsx'
import { Empty } from '@leadlog/dashboard/design/states.tsx'
import { Time } from '@leadlog/dashboard/design/time.tsx'
import { FileSearch } from 'lucide-react'
import type { PanelMeeting } from '../api/panel.ts'
import { CHEAT_SHEET } from '../words.ts'

/** What to know: the cheat sheet of what was read, how the last meeting went, and who it is. */
export function Briefing({ data: { lead, lastMeeting } }: { data: PanelMeeting }) {
  if (lead === null) {
    return (
      <Empty title="Not a lead yet" icon={FileSearch}>
        What is known of them stands here in a moment.
      </Empty>
    )
  }
  const facts = CHEAT_SHEET.flatMap(([name, words]) => {
    const field = lead.fields[name]
    return field === undefined ? [] : [{ name, words, value: field.value }]
  })
  return (
    <div className="flex flex-col gap-5">
      <Section title="Cheat sheet">
        {facts.length === 0 ? (
          <p className="panel px-3 py-2.5 text-muted">
            Nothing was read yet. Facts come from booking answers and from transcripts.
          </p>
        ) : (
          <dl className="panel divide-y divide-separator">
            {facts.map(({ name, words, value }) => (
              <div key={name} className="px-3 py-2">
                <dt className="text-xs text-muted">{words}</dt>
                <dd className="mt-0.5 [overflow-wrap:anywhere] whitespace-pre-line">
                  <FactValue value={value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Section>
      {lastMeeting === null ? null : (
        <Section title="Last meeting">
          <div className="panel px-3 py-2">
            <p className="text-xs text-muted">
              {lastMeeting.title}, <Time at={lastMeeting.endedAt} hint={false} />
            </p>
            <p className="mt-0.5 [overflow-wrap:anywhere] whitespace-pre-line">
              {lastMeeting.summary ?? 'The notetaker wrote no summary.'}
            </p>
          </div>
        </Section>
      )}
      <Section title="Who it is">
        <div className="panel px-3 py-2.5">
          <Facts>
            <Fact name="E-mail">{lead.email}</Fact>
            {lead.phone === null ? null : <Fact name="Phone">{lead.phone}</Fact>}
            {lead.company === null ? null : <Fact name="Company">{lead.company}</Fact>}
            {lead.title === null ? null : <Fact name="Title">{lead.title}</Fact>}
            {lead.timezone === null ? null : <Fact name="Time zone">{lead.timezone}</Fact>}
            <Fact name="Meetings">{lead.meetingCount}</Fact>
          </Facts>
        </div>
      </Section>
    </div>
  )
}
