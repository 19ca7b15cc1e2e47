import { Bot, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { clock, whatTheyDid, whatWasDone } from '../../words/calls.ts'

type Call = Pick<AnswerOf<'/v1/calls/{id}'>, 'turns' | 'startedAt' | 'live'>

/** The call as a conversation: what the caller did, and what they heard. */
export function CallTurns({ call }: { call: Call }) {
  const { turns, startedAt } = call
  if (turns.length === 0) {
    return <p className="text-muted">It went through no flow, so there is nothing to tell turn by turn.</p>
  }
  return (
    <ol className="flex flex-col gap-3">
      {turns.map((turn) => {
        const did = whatTheyDid(turn.input)
        const at = clock((Date.parse(turn.at) - Date.parse(startedAt)) / 1000)
        return (
          <li key={turn.eventId} className="flex flex-col gap-2">
            {did === null ? null : (
              <Line who="Caller" at={at} icon={<UserRound aria-hidden size={13} />}>
                <p className="font-medium [overflow-wrap:anywhere]">{did}</p>
              </Line>
            )}
            {turn.said.length === 0 ? null : (
              <Line who="Flow" at={did === null ? at : null} icon={<Bot aria-hidden size={13} />}>
                {turn.said.map((spoken, index) => (
                  <p key={index} className="[overflow-wrap:anywhere] text-muted">
                    {whatWasDone(spoken)}
                  </p>
                ))}
              </Line>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Line({ who, at, icon, children }: { who: string; at: string | null; icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex gap-3">
      <span className="grid size-7 shrink-0 place-items-center rounded-full border border-border bg-surface text-muted">
        {icon}
      </span>
      <div className="min-w-0 flex-1 pt-1">
        <span className="sr-only">{who}: </span>
        {children}
      </div>
      {at === null ? null : <span className="tnum pt-1 text-xs text-muted">{at}</span>}
    </div>
  )
}
