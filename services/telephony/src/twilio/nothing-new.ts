/** Why a callback of Twilio changes nothing. */
export const KNOWN = {
  reason: 'nothing-new',
  detail: 'It was known already, from another callback or by asking Twilio'
}
export const NOT_OURS = { reason: 'not-ours', detail: 'It is about nothing that was made or answered here' }

export const CONFERENCE_UNKNOWN = {
  reason: 'conference-unknown',
  detail: 'It is a recording of a conference of which no call is known here'
}
