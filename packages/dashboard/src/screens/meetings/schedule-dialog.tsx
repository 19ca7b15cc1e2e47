import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { may } from '../../words/access.ts'
import { fieldTime, minutesOf, nextHalfHour, spanOfField } from '../../words/meetings.ts'
import { TimeFields, Wrong } from './meeting-form.tsx'
import { useMeetingCommand } from './use-meeting-command.ts'

/** With whom a meeting is to be. */
export interface MeetingCustomer {
  readonly email: string
  readonly name: string | null
}

const SUGGESTED = 8
type Room = 'zoom' | 'link' | 'none'

const ROOMS: readonly { readonly value: Room; readonly word: string }[] = [
  { value: 'zoom', word: 'A Zoom room' },
  { value: 'link', word: 'A link of our own' },
  { value: 'none', word: 'None yet' }
]

/** A meeting with a lead, or with somebody who becomes one: when, who hosts it, and where. */
export function ScheduleDialog(props: {
  /** Chosen in the calendar; the next half hour where absent. */
  span?: { readonly startsAt: string; readonly endsAt: string }
  /** Chosen on a lead's page. */
  customer?: MeetingCustomer
  onClose: () => void
}) {
  const { span, customer, onClose } = props
  const me = useMe()
  const [email, setEmail] = useState(customer?.email ?? '')
  const [name, setName] = useState(customer?.name ?? '')
  const [title, setTitle] = useState('Product demo')
  const [start, setStart] = useState(
    fieldTime(span === undefined ? nextHalfHour(Date.now()) : Date.parse(span.startsAt))
  )
  const [minutes, setMinutes] = useState(span === undefined ? 30 : minutesOf(span.startsAt, span.endsAt))
  const [hostEmail, setHostEmail] = useState(me.user?.email ?? '')
  const [guests, setGuests] = useState('')
  const [room, setRoom] = useState<Room>('zoom')
  const [joinUrl, setJoinUrl] = useState('')
  const [missing, setMissing] = useState<string | null>(null)
  const schedule = useMeetingCommand('ScheduleMeeting', {
    done: 'The meeting is booked, and everybody is being invited',
    onDone: onClose
  })
  const submit = (): void => {
    const times = spanOfField(start, minutes)
    if (!email.includes('@')) return setMissing('Enter the address of whom you meet.')
    if (name.trim() === '') return setMissing('Enter the name of whom you meet.')
    if (times === null) return setMissing('Enter when it begins.')
    if (!hostEmail.includes('@')) return setMissing('Enter who of you hosts it.')
    if (room === 'link' && !joinUrl.startsWith('https://')) return setMissing('Enter a link that begins with https://')
    setMissing(null)
    const invited = guests.split(/[\s,;]+/).filter((guest) => guest !== '')
    schedule.send({
      customer: { email: email.trim(), name: name.trim() },
      title: title.trim() === '' ? 'Meeting' : title.trim(),
      ...times,
      hostEmail: hostEmail.trim(),
      ...(me.user?.email === hostEmail.trim() && me.user.name !== null ? { hostName: me.user.name } : {}),
      ...(invited.length === 0 ? {} : { guests: invited }),
      ...(room === 'link' ? { joinUrl: joinUrl.trim() } : { room })
    })
  }
  return (
    <FormDialog
      title="Schedule a meeting"
      word="Schedule"
      working={schedule.isPending}
      onClose={onClose}
      onSubmit={submit}
    >
      {customer === undefined ? (
        <CustomerFields
          email={email}
          name={name}
          onChange={(next) => {
            setEmail(next.email)
            setName(next.name)
          }}
        />
      ) : (
        <p>
          With <span className="font-medium">{customer.name ?? customer.email}</span>
          {customer.name === null ? null : <span className="text-muted">, {customer.email}</span>}
        </p>
      )}
      {customer?.name === null ? (
        <Field label="Their name" value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
      ) : null}
      <Field
        label="What it is about"
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TimeFields
        start={start}
        minutes={minutes}
        problem={schedule.problemOf('time')}
        onStart={setStart}
        onMinutes={setMinutes}
      />
      <HostField value={hostEmail} problem={schedule.problemOf('host')} onChange={setHostEmail} />
      <Field
        label="Guests"
        value={guests}
        placeholder="name@company.com, …"
        aria-invalid={schedule.problemOf('guests') !== null}
        help={
          schedule.problemOf('guests') === null ? (
            'Further addresses that are invited.'
          ) : (
            <Wrong>{schedule.problemOf('guests')}</Wrong>
          )
        }
        onChange={(event) => setGuests(event.target.value)}
      />
      <Choice
        label="Where"
        value={room}
        options={ROOMS}
        onChange={(chosen) => setRoom(ROOMS.find(({ value }) => value === chosen)?.value ?? 'zoom')}
      />
      {room === 'link' ? (
        <Field
          label="Link"
          type="url"
          value={joinUrl}
          maxLength={1_000}
          placeholder="https://"
          onChange={(event) => setJoinUrl(event.target.value)}
        />
      ) : null}
      <p className="text-xs text-muted">Everybody gets an e-mail with a file for their calendar.</p>
      <Refusal>{missing ?? schedule.problemOf(null) ?? schedule.problemOf('link')}</Refusal>
    </FormDialog>
  )
}

/** Address and name; a lead that is known is offered, and brings the name along. */
function CustomerFields(props: {
  email: string
  name: string
  onChange: (customer: { email: string; name: string }) => void
}) {
  const { email, name, onChange } = props
  const list = useId()
  const q = email.trim()
  const found = useQuery({ ...plainRead('/v1/leads', { q, limit: SUGGESTED }), enabled: q.length > 1 })
  const leads = found.data?.data ?? []
  return (
    <>
      <Field
        label="E-mail of whom you meet"
        type="text"
        inputMode="email"
        autoFocus
        list={list}
        value={email}
        maxLength={254}
        autoComplete="off"
        help="Part of a name or address finds your leads."
        onChange={(event) => {
          const { value } = event.target
          const lead = leads.find((one) => one.email === value)
          onChange({ email: value, name: lead?.name ?? name })
        }}
      />
      <datalist id={list}>
        {leads.map((lead) => (
          <option key={lead.id} value={lead.email}>
            {lead.name ?? lead.email}
          </option>
        ))}
      </datalist>
      <Field
        label="Their name"
        value={name}
        maxLength={200}
        onChange={(event) => onChange({ email, name: event.target.value })}
      />
    </>
  )
}

/** Who of us hosts it; hosts that are connected with Zoom are offered to who may see them. */
function HostField(props: { value: string; problem: string | null; onChange: (email: string) => void }) {
  const list = useId()
  const connections = useQuery({ ...plainRead('/v1/zoom-connections'), enabled: may(useMe(), 'operations') })
  const hosts = (connections.data?.data ?? []).filter(({ state }) => state === 'connected')
  return (
    <>
      <Field
        label="Host"
        type="text"
        inputMode="email"
        list={list}
        value={props.value}
        maxLength={254}
        aria-invalid={props.problem !== null}
        help={
          props.problem === null ? (
            'Who of you leads it; a room is opened in their Zoom.'
          ) : (
            <Wrong>{props.problem}</Wrong>
          )
        }
        onChange={(event) => props.onChange(event.target.value)}
      />
      <datalist id={list}>
        {hosts.map(({ email }) => (
          <option key={email} value={email} />
        ))}
      </datalist>
    </>
  )
}
