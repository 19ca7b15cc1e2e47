import { PermanentError } from '@leadlog/contracts'

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
