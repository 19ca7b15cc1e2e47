import {
  ApiKeyIssued,
  ApiKeyRevoked,
  isEvent,
  MeetingRecordingPlayed,
  PanelOpened,
  RecordingPlayed,
  SecondFactorDisabled,
  SecondFactorEnabled,
  SessionEnded,
  SignedIn,
  SigningKeyMade,
  SignInLinkSent,
  SignInRefused,
  UserDisabled,
  UserEnabled,
  UserInvited,
  UserRoleChanged,
  type RecordedEvent
} from '@leadlog/contracts'

const PROOFS = { none: 'by a mailed link', code: 'by a mailed link and a code', 'recovery-code': 'by a recovery code' }
const REFUSALS = {
  'code-wrong': 'a wrong code',
  'code-used': 'a code that was used before',
  'too-many-attempts': 'too many attempts',
  'other-browser': 'a link in another browser than the one that asked for it'
}

/** What an event about access says, in words and without names. */
export function securityWords(event: RecordedEvent): string {
  if (isEvent(event, UserInvited)) return `was invited as ${event.data.role}`
  if (isEvent(event, UserRoleChanged)) return `became ${event.data.to} instead of ${event.data.from}`
  if (isEvent(event, UserDisabled)) return 'was disabled'
  if (isEvent(event, UserEnabled)) return 'was enabled again'
  if (isEvent(event, SignInLinkSent)) return 'was mailed a link to sign in with'
  if (isEvent(event, SignedIn)) return `signed in ${PROOFS[event.data.proof]}`
  if (isEvent(event, PanelOpened)) return 'opened the panel in Zoom'
  if (isEvent(event, SignInRefused)) return `was refused: ${REFUSALS[event.data.reason]}`
  if (isEvent(event, SessionEnded)) {
    if (event.data.sessionId === null) return 'all sessions were ended'
    return event.data.reason === 'signed-out' ? 'signed out' : 'a session was ended'
  }
  if (isEvent(event, SecondFactorEnabled)) return 'a second factor was enabled'
  if (isEvent(event, SecondFactorDisabled)) return 'the second factor was disabled'
  if (isEvent(event, ApiKeyIssued)) return `key "${event.data.name}" was issued for ${event.data.scopes.join(', ')}`
  if (isEvent(event, ApiKeyRevoked)) return 'the key was revoked'
  if (isEvent(event, RecordingPlayed))
    return `listened to recording ${event.data.recordingId} of call ${event.data.callId}`
  if (isEvent(event, MeetingRecordingPlayed))
    return `played recording ${event.data.recordingId} of meeting ${event.data.meetingId}`
  if (isEvent(event, SigningKeyMade)) return `a new key signs tokens: ${event.data.kid}`
  return event.type
}
