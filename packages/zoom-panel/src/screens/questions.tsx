import { Refusal } from '@leadlog/dashboard/design/field.tsx'
import { Section } from '@leadlog/dashboard/design/page.tsx'
import { Time } from '@leadlog/dashboard/design/time.tsx'
import { counted } from '@leadlog/dashboard/words/format.ts'
import { sentence } from '@leadlog/dashboard/words/names.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { markQuestion, meetingRead, type PanelMeeting } from '../api/panel.ts'

type Part = PanelMeeting['meddic'][number]

/** One click on a question. */
interface Wish {
  readonly id: string
  readonly ticked: boolean
}

type Wishes = ReadonlyMap<string, Wish>

/** What is not known yet, each gap with its questions to tick, and below what is known. */
export function Questions({ meetingId, parts }: { meetingId: string; parts: readonly Part[] }) {
  const gaps = parts.filter(({ known }) => known === null)
  const known = parts.filter((part) => part.known !== null)
  const { wished, mark, error } = useMarks(meetingId)
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        {gaps.length === 0
          ? 'Everything of MEDDIC is known.'
          : `${counted(gaps.length, 'gap')} of ${String(parts.length)} parts of MEDDIC. Tick what you have asked.`}
      </p>
      <Refusal>{error?.message ?? null}</Refusal>
      {gaps.map((part) => (
        <Section key={part.part} title={sentence(part.part)}>
          <div className="panel">
            {part.hint === null ? null : (
              <p className="border-b border-separator px-3 py-2 [overflow-wrap:anywhere] text-muted">
                From the booking: {part.hint}
              </p>
            )}
            <QuestionList part={part} wished={wished} onMark={mark} />
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
                    <QuestionList part={part} wished={wished} onMark={mark} />
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

/**
 * What was ticked or cleared here and is not stored yet stands as wished from the moment of the click. What is stored
 * is read anew either way: a mark that was not taken goes back to what it was.
 */
function useMarks(meetingId: string) {
  const [wished, setWished] = useState<Wishes>(new Map())
  const queries = useQueryClient()
  const { mutate, error } = useMutation({
    // One after another: of two clicks on a question the later one decides.
    scope: { id: `questions of ${meetingId}` },
    mutationFn: ({ id, ticked }: Wish) => markQuestion(meetingId, id, ticked),
    onSettled: async (_written, _error, wish) => {
      await queries.invalidateQueries({ queryKey: meetingRead(meetingId).queryKey })
      setWished((before) => (before.get(wish.id) === wish ? without(before, wish.id) : before))
    }
  })
  const mark = (id: string, ticked: boolean) => {
    const wish = { id, ticked }
    setWished((before) => new Map(before).set(id, wish))
    mutate(wish)
  }
  return { wished, mark, error }
}

function without(wishes: Wishes, id: string): Wishes {
  return new Map([...wishes].filter(([other]) => other !== id))
}

interface QuestionListProps {
  readonly part: Part
  readonly wished: Wishes
  readonly onMark: (id: string, ticked: boolean) => void
}

function QuestionList({ part, wished, onMark }: QuestionListProps) {
  return (
    <ul className="divide-y divide-separator" aria-label={`Questions about ${sentence(part.part)}`}>
      {part.questions.map((question) => {
        const ticked = wished.get(question.id)?.ticked ?? question.tickedAt !== null
        return (
          <li key={question.id}>
            <label className="flex cursor-pointer items-start gap-2.5 px-3 py-2 hover:bg-surface-secondary">
              <input
                type="checkbox"
                checked={ticked}
                onChange={(event) => onMark(question.id, event.target.checked)}
                className="mt-0.5 size-4 shrink-0 cursor-pointer accent-[var(--accent)]"
              />
              <span className="min-w-0">
                <span className={ticked ? 'text-muted line-through' : ''}>{question.words}</span>
                {question.askedBefore === null || ticked ? null : (
                  <span className="block text-xs text-muted">
                    Asked in an earlier meeting, <Time at={question.askedBefore} hint={false} />
                  </span>
                )}
              </span>
            </label>
          </li>
        )
      })}
    </ul>
  )
}
