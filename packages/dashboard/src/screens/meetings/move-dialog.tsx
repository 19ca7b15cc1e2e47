import { useState } from 'react'
import { Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { fieldTime, minutesOf, spanOfField, whenWords } from '../../words/meetings.ts'
import { TimeFields } from './meeting-form.tsx'
import { useMeetingCommand } from './use-meeting-command.ts'

/** What a dialog about a meeting needs to know of it. */
interface KnownMeeting {
  readonly id: string
  readonly who: string
  readonly startsAt: string
  readonly endsAt: string | null
}

/** Another time for a meeting; asks, since everybody is told. */
export function MoveDialog(props: {
  meeting: KnownMeeting
  /** Where it was dragged to; its own time where absent. */
  to?: { readonly startsAt: string; readonly endsAt: string }
  onClose: () => void
}) {
  const { meeting, to = meeting, onClose } = props
  const [start, setStart] = useState(fieldTime(Date.parse(to.startsAt)))
  const [minutes, setMinutes] = useState(minutesOf(to.startsAt, to.endsAt))
  const [missing, setMissing] = useState<string | null>(null)
  const move = useMeetingCommand('RescheduleMeeting', {
    done: 'The meeting has its new time, and everybody is being told',
    onDone: onClose
  })
  const span = spanOfField(start, minutes)
  const unchanged =
    span !== null &&
    Date.parse(span.startsAt) === Date.parse(meeting.startsAt) &&
    minutes === minutesOf(meeting.startsAt, meeting.endsAt)
  return (
    <FormDialog
      title={`Move the meeting with ${meeting.who}?`}
      word="Move"
      working={move.isPending}
      unchanged={unchanged}
      onClose={onClose}
      onSubmit={() => {
        if (span === null) return setMissing('Enter when it begins.')
        setMissing(null)
        move.send({ meetingId: meeting.id, ...span })
      }}
    >
      <p>
        From <span className="font-medium">{whenWords(meeting.startsAt, meeting.endsAt)}</span>
        {span === null || unchanged ? null : (
          <>
            {' '}
            to <span className="font-medium">{whenWords(span.startsAt, span.endsAt)}</span>
          </>
        )}
        . Its room moves along, and everybody who is invited gets the new time by e-mail.
      </p>
      <TimeFields
        start={start}
        minutes={minutes}
        problem={move.problemOf('time')}
        onStart={setStart}
        onMinutes={setMinutes}
      />
      <Refusal>{missing ?? move.problemOf(null)}</Refusal>
    </FormDialog>
  )
}
