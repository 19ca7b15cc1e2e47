import { PermanentError } from '@leadlog/contracts'
import { HttpProblem } from '@leadlog/service'

/** The provider's payload lacks something that the translation cannot do without. */
export function payloadInvalid(provider: string, problems: readonly string[]): PermanentError {
  return new PermanentError(
    'MEETINGS_PAYLOAD_INVALID',
    `The ${provider} payload cannot be translated: ${problems.join('; ')}. Correct the sender or the provider file, then retry the dead letter`
  )
}

/** A held meeting whose participants have no e-mail address at all: nobody to make a lead of. */
export function noAttendeeAddress(): PermanentError {
  return new PermanentError(
    'MEETINGS_NO_ATTENDEE_ADDRESS',
    'No participant of the meeting has an e-mail address, so there is nobody to make a lead of'
  )
}

/** Nobody let Leadlog act for this host in Zoom. */
export function zoomNotConnected(email: string): PermanentError {
  return new PermanentError('MEETINGS_ZOOM_NOT_CONNECTED', `${email} is not connected with Zoom: send ConnectZoom`)
}

/** The host, or an administrator of their account, took the permission back. */
export function zoomGrantRefused(email: string): PermanentError {
  return new PermanentError(
    'MEETINGS_ZOOM_GRANT_REFUSED',
    `Zoom does not let Leadlog act for ${email} any more: connect them again with ConnectZoom`
  )
}

/** A callback that nobody here is waiting for. */
export function zoomStateInvalid(): HttpProblem {
  return new HttpProblem(
    400,
    'MEETINGS_ZOOM_STATE_INVALID',
    'This connection was not begun here, was finished before, or is older than ten minutes: begin it again'
  )
}

/** Somebody else than the host is signed in at Zoom. */
export function zoomUserDiffers(email: string): HttpProblem {
  return new HttpProblem(
    409,
    'MEETINGS_ZOOM_USER_DIFFERS',
    `Another Zoom user than ${email} agreed: sign out at Zoom, and begin again as this user`
  )
}
