import ICAL from 'ical.js'
import t from 'tap'
import { calendarFile, calendarUid } from './calendar-file.ts'
import type { InvitationContent } from './revisions.ts'

const content: InvitationContent = {
  isCanceled: false,
  reason: null,
  bookingUri: 'leadlog:booking:1',
  title: 'Demo; with, signs\nand lines',
  startsAt: '2026-07-01T14:00:00.000Z',
  endsAt: '2026-07-01T14:30:00.000Z',
  link: 'https://meet.example.com/x',
  host: { email: 'dana@leadlog.example', name: 'Dana Whitfield' },
  customer: { email: 'marco@northwind.example', name: 'Marco', timezone: 'America/New_York' },
  guests: ['paula@northwind.example']
}
const sender = { mailFrom: 'leadlog@leadlog.example', stampedAt: new Date('2026-06-01T08:00:00Z') }

function read(text: string) {
  const root = new ICAL.Component(ICAL.parse(text) as unknown[])
  const component = root.getFirstSubcomponent('vevent')
  return { root, event: new ICAL.Event(component ?? undefined), component }
}

void t.test('an invitation is read by another library as it was meant, in the zone of the customer', (t) => {
  const { method, text } = calendarFile('m1', { sequence: 3, content }, sender)
  const { root, event, component } = read(text)
  t.equal(method, 'REQUEST')
  t.equal(root.getFirstPropertyValue('method'), 'REQUEST')
  t.ok(root.getFirstSubcomponent('vtimezone'), 'with the rules of the zone')
  t.match(text, /DTSTART;TZID=America\/New_York:20260701T100000/)
  t.strictSame([event.uid, event.sequence, event.summary], [calendarUid('m1'), 3, content.title])
  t.equal(component?.getFirstPropertyValue('status'), 'CONFIRMED')
  t.equal(component?.getFirstProperty('organizer')?.getParameter('sent-by'), 'mailto:leadlog@leadlog.example')
  t.strictSame(
    event.attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase()),
    ['mailto:marco@northwind.example', 'mailto:paula@northwind.example']
  )
  t.equal(text, calendarFile('m1', { sequence: 3, content }, sender).text, 'the same revision is the same file')
  t.end()
})

void t.test('a cancellation has the same uid; an unknown zone falls back on UTC', (t) => {
  const canceled = { ...content, isCanceled: true, customer: { ...content.customer, timezone: 'Mars/Base' } }
  const { root, event, component } = read(calendarFile('m1', { sequence: 4, content: canceled }, sender).text)
  t.equal(root.getFirstPropertyValue('method'), 'CANCEL')
  t.equal(component?.getFirstPropertyValue('status'), 'CANCELLED')
  t.strictSame([event.uid, event.sequence], [calendarUid('m1'), 4])
  t.equal(event.startDate.toJSDate().toISOString(), content.startsAt)
  t.end()
})
