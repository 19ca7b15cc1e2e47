import { PermanentError, refuse, TransientError, type Refusal } from '@leadlog/contracts'
import { HttpProblem } from '@leadlog/service'

export function flowUnknown(flowId: string): Refusal {
  return refuse('TELEPHONY_FLOW_UNKNOWN', `There is no flow "${flowId}". Save a draft under this id first`)
}

export function draftStale(asked: number, newest: number): Refusal {
  return refuse(
    'TELEPHONY_FLOW_DRAFT_STALE',
    `Draft ${asked} is not the newest any more: that is ${newest}. Look at it, then publish it`
  )
}

export function editedMeanwhile(basedOn: number, newest: number): Refusal {
  const made = basedOn === 0 ? 'The flow exists already' : `What you changed was draft ${basedOn}`
  return refuse(
    'TELEPHONY_FLOW_DRAFT_STALE',
    `${made}; the newest is draft ${newest}. Look at it, then save yours on top of it or take it over`
  )
}

export function flowInvalid(count: number, first: string): Refusal {
  const more = count > 1 ? ` (and ${count - 1} more)` : ''
  return refuse('TELEPHONY_FLOW_INVALID', `The draft cannot be published: ${first}${more}. Mend it and save it again`)
}

export function versionUnknown(version: number): Refusal {
  return refuse('TELEPHONY_FLOW_VERSION_UNKNOWN', `The flow has no published version ${version}`)
}

export function notPublished(flowId: string): Refusal {
  return refuse('TELEPHONY_FLOW_NOT_PUBLISHED', `Flow "${flowId}" was never published. Publish it first`)
}

export function numberInvalid(): Refusal {
  return refuse('TELEPHONY_NUMBER_INVALID', 'The number is none. Write it in E.164, such as +14155550142')
}

export function contactSuppressed(reason: string): Refusal {
  return refuse(
    'TELEPHONY_CONTACT_SUPPRESSED',
    `The recipient is not to be written to (${reason}). Look at the suppression list; who sent STOP has to send START`
  )
}

export function senderUnknown(): Refusal {
  return refuse(
    'TELEPHONY_SMS_NO_SENDER',
    'No number of ours is known for it. Give one in from, such as +14155550100, or set TELEPHONY_SMS_NUMBER'
  )
}

export function textUnclear(): Refusal {
  return refuse('TELEPHONY_SMS_TEXT_UNCLEAR', 'Give either a text or a templateId, and not both')
}

/** With the figures. */
export function smsTooLong(counted: {
  readonly characters: number
  readonly segments: number
  readonly encoding: string
}): Refusal {
  const { characters, segments, encoding } = counted
  return refuse(
    'TELEPHONY_SMS_TOO_LONG',
    `The text has ${characters} characters in ${encoding} and needs ${segments} segments; 10 segments and 1,600 characters are the most. Shorten it${encoding === 'UCS-2' ? ', or leave out characters such as emoji and curly quotes: each part then holds 153 characters instead of 67' : ''}`
  )
}

export function variableMissing(name: string): Refusal {
  return refuse(
    'TELEPHONY_SMS_VARIABLE_MISSING',
    `The template's placeholder "${name}" was not given. Give it in variables, or another word for it in the template`
  )
}

export function sendTimeImpossible(): Refusal {
  return refuse(
    'TELEPHONY_SMS_TIME_IMPOSSIBLE',
    'sendAt is no time with a zone, such as 2026-11-18T09:00:00-05:00, or more than 30 days ahead'
  )
}

export function notAnAnswer(): Refusal {
  return refuse(
    'TELEPHONY_SMS_NOT_AN_ANSWER',
    'An answer names in inReplyTo the message that this person sent us within the last hour. Leave it out for any other message'
  )
}

export function templateUnknown(templateId: string): Refusal {
  return refuse('TELEPHONY_TEMPLATE_UNKNOWN', `There is no template "${templateId}". Save it first`)
}

export function templateInvalid(problem: string): Refusal {
  return refuse('TELEPHONY_TEMPLATE_INVALID', `The template cannot be used: ${problem}`)
}

export function leadUnknown(leadId: string): Refusal {
  return refuse('TELEPHONY_LEAD_UNKNOWN', `There is no lead "${leadId}". Leave it out: the number tells whose it is`)
}

export function smsUnknown(messageId: string): Refusal {
  return refuse('TELEPHONY_SMS_UNKNOWN', `No message of ours has the id ${messageId}`)
}

export function smsNotWaiting(): Refusal {
  return refuse('TELEPHONY_SMS_NOT_WAITING', 'The message is being sent, or was sent or given up already')
}

export function contactNotSuppressed(): Refusal {
  return refuse(
    'TELEPHONY_CONTACT_NOT_SUPPRESSED',
    'Nothing stands in the way of contacting this number on these channels, for these reasons. Look at the suppression list'
  )
}

export function dialUnknown(dialId: string): Refusal {
  return refuse('TELEPHONY_DIAL_UNKNOWN', `No call was asked for under "${dialId}". PlaceCall gave you the id`)
}

export function conferenceUnknown(conferenceId: string): Refusal {
  return refuse('TELEPHONY_CONFERENCE_UNKNOWN', `There is no conference "${conferenceId}". CreateConference opens one`)
}

export function conferenceOver(): Refusal {
  return refuse('TELEPHONY_CONFERENCE_OVER', 'The conference has ended, or is about to. Open another one')
}

export function participantUnknown(callId: string): Refusal {
  return refuse('TELEPHONY_PARTICIPANT_UNKNOWN', `Nobody in the conference has call "${callId}". They may have left`)
}

export function notTransferable(): Refusal {
  return refuse(
    'TELEPHONY_CALL_NOT_TRANSFERABLE',
    'Only a caller who is put through to somebody now can be transferred. Look whether the call is still under way'
  )
}

export function transferUnderWay(): Refusal {
  return refuse(
    'TELEPHONY_TRANSFER_UNDER_WAY',
    'The call is being transferred already. CompleteTransfer ends that, or CancelCall with its dialId calls the colleague off'
  )
}

export function noTransfer(): Refusal {
  return refuse(
    'TELEPHONY_NO_TRANSFER',
    'Nothing is left to be completed: the call is not being transferred, or the colleague did not come'
  )
}

export function callOfAnotherDial(): Refusal {
  return refuse('TELEPHONY_CALL_OF_ANOTHER_DIAL', 'This call at Twilio was placed for another request')
}

export function twilioNotConfigured(missing: readonly string[]): Refusal {
  return refuse(
    'TELEPHONY_TWILIO_NOT_CONFIGURED',
    `Nothing can be done at Twilio without ${missing.join(', ')}. Set what is missing and start telephony again`
  )
}

export function recordingUnknown(recordingId: string): Refusal {
  return refuse(
    'TELEPHONY_RECORDING_UNKNOWN',
    `No recording "${recordingId}" was stored. Look at the recordings of the call`
  )
}

export function recordingDeleted(recordingId: string): Refusal {
  return refuse('TELEPHONY_RECORDING_DELETED', `The sound of recording "${recordingId}" is deleted already`)
}

/** A recording was told of before anything else of its call; what tells whose it is may still come. */
export function callUnknown(): TransientError {
  return new TransientError(
    'TELEPHONY_CALL_UNKNOWN',
    'Nothing but the recording is known of the call, so nobody can tell whose it is. It is tried again'
  )
}

export function recordingsNeedTwilio(): PermanentError {
  return new PermanentError(
    'TELEPHONY_TWILIO_NOT_CONFIGURED',
    'Recordings cannot be fetched: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, then retry the dead letter'
  )
}

/** Without the token nobody can tell Twilio from anybody else. Twilio then takes its fallback. */
export function tokenNotConfigured(): HttpProblem {
  return new HttpProblem(503, 'TELEPHONY_NOT_CONFIGURED', 'Requests cannot be verified: set TWILIO_AUTH_TOKEN')
}

export function signatureMissing(): HttpProblem {
  return new HttpProblem(403, 'SIGNATURE_MISSING', 'X-Twilio-Signature is missing: only Twilio may ask here')
}

export function signatureInvalid(url: string): HttpProblem {
  return new HttpProblem(
    403,
    'SIGNATURE_INVALID',
    `The signature does not fit. The address at Twilio must be ${url}, letter for letter; PUBLIC_URL is its beginning`
  )
}

export function requestInvalid(field: string): HttpProblem {
  return new HttpProblem(400, 'BODY_INVALID', `${field} is missing: this is no request of a call`, {
    errors: [{ path: `/${field}`, message: 'is missing' }]
  })
}

/** A webhook's payload is past its retention. */
export function payloadGone(): PermanentError {
  return new PermanentError('TELEPHONY_PAYLOAD_GONE', 'The payload is past its retention: its day key is destroyed')
}

/** A callback lacks what names it. */
export function payloadInvalid(problem: string): PermanentError {
  return new PermanentError(
    'TELEPHONY_PAYLOAD_INVALID',
    `Twilio's callback cannot be translated: ${problem}. Correct the sender, then retry the dead letter`
  )
}

export function accountNotActive(status: string): PermanentError {
  return new PermanentError(
    'TELEPHONY_ACCOUNT_NOT_ACTIVE',
    `Twilio says that the account is ${status}: nothing can be placed or sent. Look at it in Twilio's console`
  )
}
