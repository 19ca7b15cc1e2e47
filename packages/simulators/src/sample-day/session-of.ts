import type { ReadaiMeeting, ReadaiParticipant } from '../readai/readai-payload.ts'
import { seededUlid } from '../seeded.ts'
import { conversations } from './conversations.ts'
import type { Conversation } from './conversations.ts'
import { customers } from './customers.ts'
import { zoomNumber } from './booking-of.ts'
import { momentOf, plusMinutes } from './moment.ts'
import { sessions } from './sessions.ts'
import type { SessionKey, SessionPlan } from './sessions.ts'
import { team } from './team.ts'
import { transcriptBlocks } from './transcript.ts'

const phoneGuest: ReadaiParticipant = { name: 'iPhone guest', email: null }
const roomGuest: ReadaiParticipant = { name: 'Conference Room B', email: null }
/** The owner of a room's own account, which has no address either. */
const roomOwner: ReadaiParticipant = { name: team.dana.name, email: null }

const partner = (plan: SessionPlan): ReadaiParticipant => {
  if (plan.with === 'noor') return team.noor
  if (plan.with === 'guest') return roomGuest
  const { name, email } = customers[plan.with]
  return { name, email }
}

const others = (plan: SessionPlan): ReadaiParticipant[] =>
  (plan.also ?? []).map((who) => {
    if (who === 'theo') return team.theo
    if (who === 'phone') return phoneGuest
    const domain = partner(plan).email?.split('@')[1] ?? 'customers.example'
    return { name: 'Nadia Osei', email: `nadia.osei@${domain}` }
  })

const firstSentence = (text: string): string => text.split(/(?<=[.!?]) /)[0] ?? text

const summaryOf = (customer: string, { pain, next }: Conversation): string | null => {
  if (pain === undefined) return null
  const tail = next === undefined ? '' : ` Agreed: ${firstSentence(next)}`
  return `${customer} described the situation: ${firstSentence(pain)}${tail}`
}

/** A meeting of the sample day as the notetaker saw it. */
export const sessionOf = (baseDate: string, key: SessionKey): ReadaiMeeting => {
  const plan: SessionPlan = sessions[key]
  const start = momentOf(baseDate, plan.start)
  const end = plusMinutes(start, plan.minutes)
  const customer = partner(plan)
  const conversation = conversations[key] ?? {}
  const owner = plan.with === 'guest' ? roomOwner : team.dana
  return {
    sessionId: seededUlid(start, 'session', baseDate, key),
    title: plan.with === 'noor' ? 'Partner queue' : `Product demo - ${customer.name}`,
    start,
    end,
    owner,
    participants: [owner, customer, ...others(plan)],
    summary: summaryOf(customer.name, conversation),
    actionItems: conversation.next === undefined ? [] : [firstSentence(conversation.next)],
    keyQuestions: conversation.criteria === undefined ? [] : ['What has to be there for a decision?'],
    topics: Object.keys(conversation).slice(0, 4),
    chapters:
      conversation.pain === undefined ? [] : [{ title: 'Situation', description: firstSentence(conversation.pain) }],
    blocks: transcriptBlocks({
      name: key,
      seller: team.dana.name,
      customer: customer.name,
      conversation,
      shape: plan.transcript,
      start,
      end
    }),
    platformMeetingId: String(zoomNumber(baseDate, plan.booking ?? `session ${key}`)),
    blockTimesAsText: plan.blockTimesAsText ?? false
  }
}
