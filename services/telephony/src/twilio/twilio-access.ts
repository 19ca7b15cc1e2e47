import { TransientError, type Refusal } from '@leadlog/contracts'
import type { EffectLedger } from '@leadlog/outbound'
import type { TwilioClient } from '@leadlog/twilio/rest'
import type { TelephonyDeps } from '../deps.ts'
import { twilioNotConfigured } from '../errors.ts'

/** What it takes to make something happen at Twilio. */
export interface TwilioAccess {
  readonly twilio: TwilioClient
  readonly effects: EffectLedger
  /** Where Twilio reaches this service. */
  readonly voiceUrl: string
  /** Where Twilio reaches ingest. */
  readonly ingestUrl: string
}

type Settings = Pick<TelephonyDeps, 'twilio' | 'effects' | 'voiceUrl' | 'ingestUrl'>

/** For commands: access, or what the sender is told where the settings lack something. Answering the phone needs none of it. */
export function twilioAccess(deps: Settings): TwilioAccess | Refusal {
  const { twilio, effects, voiceUrl, ingestUrl } = deps
  if (twilio === null || effects === null || voiceUrl === undefined || ingestUrl === undefined) {
    return twilioNotConfigured(missingOf(deps))
  }
  return { twilio, effects, voiceUrl, ingestUrl }
}

/** For reactors: what was asked for while there was access waits until there is again. @throws TransientError */
export function requireTwilio(deps: Settings): TwilioAccess {
  const access = twilioAccess(deps)
  if ('refused' in access) throw new TransientError(access.code, access.message, { countsAsAttempt: false })
  return access
}

function missingOf({ twilio, effects, voiceUrl, ingestUrl }: Settings): readonly string[] {
  return [
    ...(twilio === null ? ['TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN'] : []),
    ...(effects === null ? ['DATABASE_URL'] : []),
    ...(voiceUrl === undefined ? ['PUBLIC_URL or TELEPHONY_URL'] : []),
    ...(ingestUrl === undefined ? ['PUBLIC_URL or INGEST_URL'] : [])
  ]
}
