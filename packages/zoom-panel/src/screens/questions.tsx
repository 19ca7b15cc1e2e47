import { Refusal } from '@leadlog/dashboard/design/field.tsx'
import { Section } from '@leadlog/dashboard/design/page.tsx'
import { Time } from '@leadlog/dashboard/design/time.tsx'
import { counted } from '@leadlog/dashboard/words/format.ts'
import { sentence } from '@leadlog/dashboard/words/names.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { markQuestion, meetingRead, type PanelMeeting } from '../api/panel.ts'

type Part = PanelMeeting['meddic'][number]
type Question = Part['questions'][number]

/** What is not known yet, each gap with its questions to tick, and below what is known. */
export function Questions({ meetingId, parts }: { meetingId: string; parts: readonly Part[] }) {
  const gaps = parts.filter(({ known }) => known === null)
  const known = parts.filter((part) => part.known !== null)
  const queries = useQueryClient()
  const { queryKey } = meetingRead(meetingId)
  const mark = useMutation({
    mutationFn: ({ id, ticked }: { id: string; ticked: boolean }) => markQuestion(meetingId, id, ticked),
    onMutate: async ({ id, ticked }) => {
      await queries.cancelQueries({ queryKey })
      queries.setQueryData<PanelMeeting>(queryKey, (before) => before && withMark(before, id, ticked))
    },
    // What is stored is read anew either way: a mark that was not taken goes back to what it was.
    onSettled: () => queries.invalidateQueries({ queryKey })
  })
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        {gaps.length === 0
          ? 'Everything of MEDDIC is known.'
          : `${counted(gaps.length, 'gap')} of ${String(parts.length)} parts of MEDDIC. Tick what you have asked.`}
      </p>
      <Refusal>{mark.error?.message ?? null}</Refusal>
      {gaps.map((part) => (
        <Section key={part.part} title={sentence(part.part)}>
          <div className="panel">
            {part.hint === null ? null : (
              <p className="border-b border-separator px-3 py-2 [overflow-wrap:anywhere] text-muted">
                From the booking: {part.hint}
              </p>
            )}
            <QuestionList
              part={part}
              onMark={(id, ticked) => {
                mark.mutate({ id, ticked })
              }}
            />
          </div>
        </Section>
      ))}
      {known.length === 0 ? null : (
        <Section title="Known already">
          <ul className="panel divide-y divide-separator">
            {known.map((part) => (
              <li key={part.part} className="px-3 py-2">
                <p className="flex items-center gap-1.5 text-xs text-muted">
                  <Check aria-hidden size={12} className="text-tone-success" />
                  {sentence(part.part)}
                </p>
                <p className="mt-0.5 [overflow-wrap:anywhere] whitespace-pre-line">{part.known}</p>
                {part.questions.length === 0 ? null : (
                  <div className="-mx-3 mt-1">
                    <QuestionList
                      part={part}
                      onMark={(id, ticked) => {
                        mark.mutate({ id, ticked })
                      }}
                    />
                  </div>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

function QuestionList({ part, onMark }: { part: Part; onMark: (id: string, ticked: boolean) => void }) {
  return (
    <ul className="divide-y divide-separator" aria-label={`Questions about ${sentence(part.part)}`}>
      {part.questions.map((question) => (
        <li key={question.id}>
          <label className="flex cursor-pointer items-start gap-2.5 px-3 py-2 hover:bg-surface-secondary">
            <input
              type="checkbox"
              checked={question.tickedAt !== null}
              onChange={(event) => onMark(question.id, event.target.checked)}
              className="mt-0.5 size-4 shrink-0 cursor-pointer accent-[var(--accent)]"
            />
            <span className="min-w-0">
              <span className={question.tickedAt === null ? '' : 'text-muted line-through'}>{question.words}</span>
              <Before question={question} />
            </span>
          </label>
        </li>
      ))}
    </ul>
  )
}

function Before({ question: { tickedAt, askedBefore } }: { question: Question }) {
  if (askedBefore === null || tickedAt !== null) return null
  return (
    <span className="block text-xs text-muted">
      Asked in an earlier meeting, <Time at={askedBefore} hint={false} />
    </span>
  )
}

function withMark(meeting: PanelMeeting, id: string, ticked: boolean): PanelMeeting {
  const tickedAt = ticked ? new Date().toISOString() : null
  return {
    ...meeting,
    meddic: meeting.meddic.map((part) => ({
      ...part,
      questions: part.questions.map((question) => (question.id === id ? { ...question, tickedAt } : question))
    }))
  }
}
