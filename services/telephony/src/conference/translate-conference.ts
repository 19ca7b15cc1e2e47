import { conferenceNews, type ConferenceNews, type ConferenceReported, type DataOf } from '@leadlog/contracts'
import { callIdOf } from '../call/call-ref.ts'
import { payloadInvalid } from '../errors.ts'
import { conferenceIdOf } from './room.ts'

type Fields = Readonly<Record<string, string>>

/** What Twilio tells of a conference; null for what changes nothing here, such as who speaks. @throws PermanentError */
export function translateConference(fields: Fields, receivedAt: string): DataOf<typeof ConferenceReported> | null {
  const conferenceSid = required(fields, 'ConferenceSid')
  const word = required(fields, 'StatusCallbackEvent').replace(/^(conference|participant)-/, '') as ConferenceNews
  if (!conferenceNews.includes(word)) return null
  const sequence = Number(required(fields, 'SequenceNumber'))
  if (!Number.isSafeInteger(sequence) || sequence < 0) throw payloadInvalid('SequenceNumber is no count')
  const ofParticipant = word !== 'start' && word !== 'end'
  const callSid = ofParticipant ? required(fields, 'CallSid') : null
  const time = Date.parse(fields['Timestamp'] ?? '')
  return {
    conferenceId: conferenceIdOf(fields['FriendlyName'] ?? '', conferenceSid),
    conferenceSid,
    news: word,
    sequence,
    callSid,
    callId: callSid === null ? null : callIdOf(callSid),
    muted: truth(fields['Muted']),
    hold: truth(fields['Hold']),
    reason: fields['ReasonConferenceEnded'] ?? fields['ReasonParticipantLeft'] ?? null,
    at: Number.isNaN(time) ? receivedAt : new Date(time).toISOString()
  }
}

function truth(text: string | undefined): boolean | null {
  return text === 'true' ? true : text === 'false' ? false : null
}

function required(fields: Fields, name: string): string {
  const value = fields[name]
  if (value === undefined || value === '') throw payloadInvalid(`${name} is missing`)
  return value
}
