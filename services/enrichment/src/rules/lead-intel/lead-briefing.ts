import type { LeadIntel } from '@leadlog/contracts'
import type { BookingInput } from '../../lead-intel/booking-input.ts'
import { DIRECT, type Finding } from '../finding.ts'
import { SOLVE } from './buying-findings.ts'

/** The fields that were found, of which the briefing is composed. */
export type FoundIntel = Omit<LeadIntel, 'discoveryQuestions' | 'cheatSheet' | 'summary' | 'confidence' | 'evidence'>

/** More questions than these are not asked in half an hour. */
const MAX_QUESTIONS = 6

/** What is asked where a field is empty, the most important first. */
const MISSING: readonly (readonly [keyof FoundIntel, string, string])[] = [
  ['painPoints', 'pain', 'What made you look for something now, and what happens if nothing changes?'],
  ['need', 'need', 'What would have to be different for this to be a success?'],
  ['budget', 'budget', 'Is there a budget set aside for this, and whose is it?'],
  ['authority', 'authority', 'Who else is involved in the decision, and who signs in the end?'],
  ['timing', 'timing', 'When does this have to be in place, and what happens at that date?'],
  ['decisionProcess', 'decision process', 'What are the steps from here to a decision?'],
  ['toolsCurrentlyUsed', 'tools', 'What do you use for this today, and what do you like about it?'],
  ['teamSize', 'team size', 'How many people would work with it?']
]

/** Questions about what is missing; what is known is asked for in more depth. */
export function discoveryQuestions(found: FoundIntel): string[] {
  const missing = MISSING.filter(([field]) => found[field].length === 0).map(([, , question]) => question)
  const pain = found.painPoints[0]
  const tool = found.toolsCurrentlyUsed[0]
  const deeper = [
    ...(pain === undefined ? [] : [`You wrote "${pain}". What does that cost you today, in hours or in money?`]),
    ...(tool === undefined ? [] : [`What works well with ${tool} today, and what should change?`]),
    ...(found.objections[0] === undefined ? [] : [`What would take away your concern "${found.objections[0]}"?`]),
    ...(found.budget === '' ? [] : ['What has to happen for the budget to be released?'])
  ]
  return [...deeper.slice(0, 1), ...missing, ...deeper.slice(1)].slice(0, MAX_QUESTIONS)
}

/** Three to five lines for the minute before the meeting. */
export function cheatSheet(found: FoundIntel): string {
  const buying = labelled([
    ['Budget', found.budget],
    ['Authority', found.authority],
    ['Timing', found.timing]
  ])
  const missing = MISSING.slice(0, 5).filter(([field]) => found[field].length === 0)
  const lines = [
    line('Who', joined(', ', [who(found), found.industry, found.teamSize === '' ? '' : `team: ${found.teamSize}`])),
    line('Wants', joined('; ', found.objectives.length > 0 ? found.objectives.slice(0, 2) : [statedNeed(found)])),
    line('Hurts', joined('; ', found.painPoints.slice(0, 2))),
    line('Uses', joined(', ', found.toolsCurrentlyUsed.slice(0, 5))),
    buying,
    line(
      'Still open',
      joined(
        ', ',
        missing.map(([, name]) => name)
      )
    )
  ]
  return lines.filter((text) => text !== '').join('\n')
}

/** Two sentences: who it is, and what it is about. */
export function summary(found: FoundIntel, meetingTitle: string): string {
  const person = who(found)
  const company = joined(', ', [found.industry, found.teamSize === '' ? '' : `team: ${found.teamSize}`])
  const meeting = meetingTitle.trim() === '' ? 'a meeting' : `"${meetingTitle.trim()}"`
  const first = person === '' ? '' : `${person}${company === '' ? '' : ` (${company})`} booked ${meeting}.`
  const second = joined('; ', [
    found.painPoints[0] === undefined ? '' : `problem: ${found.painPoints[0]}`,
    found.objectives[0] === undefined ? '' : `goal: ${found.objectives[0]}`,
    found.timing === '' || found.timing === found.objectives[0] ? '' : `timing: ${found.timing}`,
    found.budget === '' ? '' : `budget: ${found.budget}`
  ])
  return joined(' ', [first, second === '' ? '' : `${second.charAt(0).toUpperCase()}${second.slice(1)}.`])
}

/** The booked meeting. Its date stands in the record, for it changes with a reschedule. */
export function nextStepFinding(booking: BookingInput): Finding | null {
  const title = booking.title.replace(/\s+/g, ' ').trim()
  if (title === '') return null
  const host = booking.host.name?.trim() ? ` with ${booking.host.name.trim()}` : ''
  return { value: `${title}${host}`, quote: title, support: DIRECT }
}

function who(found: FoundIntel): string {
  const name = joined(' ', [found.firstName, found.lastName])
  const role = joined(' at ', [found.title, found.company])
  return joined(', ', [name, role])
}

function labelled(entries: readonly (readonly [string, string])[]): string {
  return entries
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ')
}

function line(name: string, value: string): string {
  return value === '' ? '' : `${name}: ${value}`
}

/** The need where it says more than the problem. */
function statedNeed(found: FoundIntel): string {
  return found.need.startsWith(SOLVE) ? '' : found.need
}

function joined(separator: string, parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator)
}
