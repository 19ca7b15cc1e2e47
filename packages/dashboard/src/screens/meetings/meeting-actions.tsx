import { Button } from '@heroui/react'
import { useState } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { may } from '../../words/access.ts'
import { possibleChanges } from '../../words/meetings.ts'
import { TextField, Wrong } from './meeting-form.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { useMeetingCommand } from './use-meeting-command.ts'

type Meeting = AnswerOf<'/v1/meetings/{id}'>

/** What can be done with a meeting that is to come. */
export function MeetingActions({ meeting }: { meeting: Meeting }) {
  const [asking, setAsking] = useState<'move' | 'cancel' | 'link' | null>(null)
  const isAllowed = may(useMe(), 'commands')
  const possible = possibleChanges(meeting, Date.now())
  if (!isAllowed || meeting.startsAt === null || !possible.setLink) return null
  const who = meeting.customer.name ?? meeting.customer.email ?? 'nobody that is known'
  const close = (): void => setAsking(null)
  return (
    <div className="flex flex-wrap items-start gap-2">
      {possible.move ? (
        <>
          <Button size="sm" variant="secondary" onPress={() => setAsking('move')}>
            Move
          </Button>
          <Button size="sm" variant="secondary" onPress={() => setAsking('cancel')}>
            Cancel the meeting
          </Button>
        </>
      ) : null}
      {possible.openRoom ? <OpenRoom meetingId={meeting.id} /> : null}
      <Button size="sm" variant="secondary" onPress={() => setAsking('link')}>
        {meeting.joinUrl === null ? 'Set a link' : 'Set another link'}
      </Button>
      {possible.move ? null : (
        <p className="w-full text-xs text-muted">
          It was booked at a calendar of others: it is moved and canceled there.
        </p>
      )}
      {asking === 'move' ? (
        <MoveDialog
          meeting={{ id: meeting.id, who, startsAt: meeting.startsAt, endsAt: meeting.endsAt }}
          onClose={close}
        />
      ) : null}
      {asking === 'cancel' ? <CancelDialog meetingId={meeting.id} who={who} onClose={close} /> : null}
      {asking === 'link' ? <LinkDialog meeting={meeting} onClose={close} /> : null}
    </div>
  )
}

function CancelDialog({ meetingId, who, onClose }: { meetingId: string; who: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const cancel = useMeetingCommand('CancelMeeting', {
    done: 'The meeting is canceled, and everybody is being told',
    onDone: onClose
  })
  return (
    <FormDialog
      title={`Cancel the meeting with ${who}?`}
      word="Cancel the meeting"
      leave="Keep it"
      working={cancel.isPending}
      onClose={onClose}
      onSubmit={() => cancel.send({ meetingId, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) })}
    >
      <p>Its room is closed, and everybody who is invited is told by e-mail.</p>
      <TextField label="Reason" value={reason} help="Everybody who is invited reads it." onChange={setReason} />
      <Refusal>{cancel.problemOf(null)}</Refusal>
    </FormDialog>
  )
}

function LinkDialog({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const [joinUrl, setJoinUrl] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const set = useMeetingCommand('SetMeetingLink', { done: 'The meeting has its link', onDone: onClose })
  const hasRoom = meeting.room?.state === 'opened' || meeting.room?.state === 'moved'
  return (
    <FormDialog
      title="Set a link"
      word="Set"
      working={set.isPending}
      onClose={onClose}
      onSubmit={() => {
        if (!/^https:\/\/\S+$/.test(joinUrl.trim())) return setMissing('Enter a link that begins with https://')
        setMissing(null)
        set.send({ meetingId: meeting.id, joinUrl: joinUrl.trim() })
      }}
    >
      <p>
        Where everybody joins, at any platform. Everybody gets it by e-mail.
        {hasRoom ? ' The Zoom room is closed.' : ''}
      </p>
      <Field
        label="Link"
        type="url"
        autoFocus
        value={joinUrl}
        maxLength={1_000}
        placeholder="https://"
        aria-invalid={missing !== null}
        {...(missing === null ? {} : { help: <Wrong>{missing}</Wrong> })}
        onChange={(event) => setJoinUrl(event.target.value)}
      />
      <Refusal>{set.problemOf(null)}</Refusal>
    </FormDialog>
  )
}

function OpenRoom({ meetingId }: { meetingId: string }) {
  const open = useMeetingCommand('OpenMeetingRoom', { done: 'The room is open', onDone: () => undefined })
  return (
    <div className="flex flex-col gap-1.5">
      <Button size="sm" variant="primary" isDisabled={open.isPending} onPress={() => open.send({ meetingId })}>
        {open.isPending ? 'Opening' : 'Open a Zoom room'}
      </Button>
      <Refusal>{open.problemOf(null)}</Refusal>
    </div>
  )
}
