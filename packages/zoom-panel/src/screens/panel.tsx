import { ApiProblem } from '@leadlog/dashboard/api/problem.ts'
import { Failed, LoadingBlock } from '@leadlog/dashboard/design/states.tsx'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { panelRead } from '../api/panel.ts'
import { chooseMeeting, useChosenMeeting } from './chosen-meeting.ts'
import { ChooseMeeting } from './choose-meeting.tsx'
import { MeetingPanel } from './meeting-panel.tsx'
import { isTurnedAway, TurnedAway } from './turned-away.tsx'

/** The panel beside a meeting: of the meeting that goes on, or of one that is chosen. */
export function Panel() {
  const chosen = useChosenMeeting()
  const panel = useQuery(panelRead(chosen))
  const [isChoosing, setChoosing] = useState(false)
  const { data, error } = panel
  if (error instanceof ApiProblem && isTurnedAway(error)) {
    return <TurnedAway problem={error} onRetry={() => void panel.refetch()} />
  }
  if (data === undefined) {
    return (
      <main>
        <h1 className="sr-only">Leadlog</h1>
        {error === null ? <LoadingBlock /> : <Failed error={error} onRetry={() => void panel.refetch()} />}
      </main>
    )
  }
  const meetingId = chosen ?? data.meetingId
  if (meetingId === null || isChoosing) {
    return (
      <ChooseMeeting
        inMeeting={data.inMeeting}
        onChoose={(id) => {
          chooseMeeting(id)
          setChoosing(false)
        }}
      />
    )
  }
  return (
    <MeetingPanel key={meetingId} meetingId={meetingId} userId={data.user.id} onChooseOther={() => setChoosing(true)} />
  )
}
