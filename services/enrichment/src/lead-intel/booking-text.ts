import type { Answer } from '@leadlog/contracts'
import { clippedAtWord } from '../text/sentences.ts'
import type { BookingInput } from './booking-input.ts'

/** Forms have some ten questions and answers of a few lines; more is pasted text that costs and tells little. */
const MAX_ANSWERS = 40
const MAX_ANSWER_CHARACTERS = 4_000
const MAX_QUESTION_CHARACTERS = 500
const MAX_GUESTS = 20

/** The answers as they are read: clean, not empty, of bounded length. */
export function readableAnswers(booking: BookingInput): Answer[] {
  return booking.answers
    .map(({ question, answer }) => ({
      question: clippedAtWord(oneLine(question), MAX_QUESTION_CHARACTERS),
      answer: clippedAtWord(clean(answer), MAX_ANSWER_CHARACTERS)
    }))
    .filter(({ answer }) => answer !== '')
    .slice(0, MAX_ANSWERS)
}

/** A question with its answer, as it stands in {@link bookingText}: `Your role: Head of Sales`. */
export function answerText({ question, answer }: Answer): string {
  return /[?:!.]$/.test(question) ? `${question} ${answer}` : `${question}: ${answer}`
}

/**
 * The booking as the text that models and rules read, and in which every quote must occur. It has no dates: a reschedule
 * repeats the answers, and which of the two bookings comes first is a matter of arrival.
 */
export function bookingText(booking: BookingInput): string {
  const { customer, host } = booking
  const answers = readableAnswers(booking)
  const facts: [string, string | null | undefined][] = [
    ['Meeting', booking.title],
    ['Host', host.name],
    ['Invitee', customer.name],
    ['First name', customer.firstName],
    ['Last name', customer.lastName],
    ['E-mail', customer.email],
    ['Phone', customer.phone],
    ['Time zone', customer.timezone],
    ['Guests', booking.guests.slice(0, MAX_GUESTS).join(', ')],
    ...Object.entries(booking.tracking)
  ]
  const lines = facts
    .map(([name, value]) => [oneLine(name), oneLine(value ?? '')])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
  if (answers.length === 0) return [...lines, '', 'The booking form has no answers.'].join('\n')
  return [...lines, '', 'Answers of the booking form:', ...answers.map((entry) => `- ${answerText(entry)}`)].join('\n')
}

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\n\s*\n+/g, '\n')
    .trim()
}

function oneLine(text: string): string {
  return text.toWellFormed().replace(/\s+/g, ' ').trim()
}
