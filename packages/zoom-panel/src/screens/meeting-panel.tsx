import { Button } from '@heroui/react'
import { failureOf } from '@leadlog/dashboard/api/problem.ts'
import { Status } from '@leadlog/dashboard/design/status.tsx'
import { Failed, LoadingBlock } from '@leadlog/dashboard/design/states.tsx'
import { TabPanels } from '@leadlog/dashboard/design/tab-panels.tsx'
import { Time } from '@leadlog/dashboard/design/time.tsx'
import { timeOfDay } from '@leadlog/dashboard/words/format.ts'
import { useQuery } from '@tanstack/react-query'
import { CalendarSearch } from 'lucide-react'
import { meetingRead, type PanelMeeting } from '../api/panel.ts'
import { Briefing } from './briefing.tsx'
import { Notes, TakeNote } from './notes.tsx'
import { Questions } from './questions.tsx'
import { useNotes } from './use-notes.ts'

/** One meeting: its lead, what to know, what to ask, and a place to write that is always there. */
export function MeetingPanel(props: { meetingId: string; userId: string; onChooseOther: () => void }) {
  const { meetingId, userId, onChooseOther } = props
  const read = useQuery(meetingRead(meetingId))
  const notes = useNotes(userId, meetingId)
  const failure = failureOf(read)
  const { data } = read
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex items-start gap-2 border-b border-separator bg-surface px-4 py-3">
        <Head data={data} />
        <Button
          isIconOnly
          size="sm"
          variant="ghost"
          aria-label="Choose another meeting"
          className="-mt-1 -mr-2 shrink-0"
          onPress={onChooseOther}
        >
          <CalendarSearch aria-hidden size={16} />
        </Button>
      </header>
      <main tabIndex={0} aria-label="The meeting" className="min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-4">
        {failure !== null ? (
          <Failed error={failure} onRetry={() => void read.refetch()} />
        ) : data === undefined ? (
          <LoadingBlock />
        ) : (
          <TabPanels
            label="What to see"
            tabs={[
              { id: 'know', word: 'Know', panel: <Briefing data={data} /> },
              { id: 'ask', word: 'Ask', panel: <Questions meetingId={meetingId} parts={data.meddic} /> },
              {
                id: 'notes',
                word: `Notes (${String(data.notes.length + notes.waiting.length)})`,
                panel: <Notes stored={data.notes} notes={notes} />
              }
            ]}
          />
        )}
      </main>
      {failure === null ? <TakeNote notes={notes} /> : null}
    </div>
  )
}

function Head({ data }: { data: PanelMeeting | undefined }) {
  if (data === undefined) return <h1 className="flex-1 font-semibold">Leadlog</h1>
  const { lead, meeting, lastContact } = data
  const work = [lead?.title, lead?.company].filter((part) => part !== null && part !== undefined).join(', ')
  return (
    <div className="min-w-0 flex-1">
      <h1 className="truncate text-base font-semibold tracking-tight">
        {lead?.name ?? meeting.customer.name ?? lead?.email ?? meeting.customer.email ?? 'Somebody'}
      </h1>
      {work === '' ? null : <p className="truncate text-muted">{work}</p>}
      <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        {lead === null ? null : <Status kind="lead" state={lead.status} />}
        <span>
          {lastContact === null ? (
            'No contact before'
          ) : (
            <>
              Last contact <Time at={lastContact.at} hint={false} />
            </>
          )}
        </span>
        {meeting.startsAt === null ? null : <span>Meeting at {timeOfDay(meeting.startsAt)}</span>}
      </div>
    </div>
  )
}
