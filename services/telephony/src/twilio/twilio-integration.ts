import type { Circuit } from '@leadlog/outbound'
import type { ConfigOf, OwnIntegration } from '@leadlog/service'
import type { TwilioConnection } from '@leadlog/twilio/rest'
import type { telephonyConfig } from '../config.ts'
import { accountNotActive } from '../errors.ts'

/** The account as it is set up. A test reads the account itself, which costs nothing and rings nobody. */
export function twilioIntegration(
  { twilioAccountSid, twilioApiUrl }: Pick<ConfigOf<typeof telephonyConfig>, 'twilioAccountSid' | 'twilioApiUrl'>,
  connected: { readonly twilio: TwilioConnection; readonly circuit: Circuit } | null
): OwnIntegration {
  const missing = twilioAccountSid === undefined ? 'TWILIO_ACCOUNT_SID' : 'TWILIO_AUTH_TOKEN'
  const off = `${missing} is not set: no call is placed, no message is sent, and what was lost is not asked for`
  return {
    vendor: 'twilio',
    inUse: connected !== null,
    because: connected === null ? off : 'Calls are placed, messages are sent, and what was lost is asked for',
    address: connected === null ? null : twilioApiUrl,
    secrets: ['TWILIO_AUTH_TOKEN'],
    posts: false,
    ...(connected === null ? {} : { circuit: () => connected.circuit.state() }),
    call: async ({ signal }) => {
      if (connected === null) throw new Error(off)
      const { friendlyName, status, type } = await connected.twilio.inLane('person').account(signal)
      if (status !== 'active') throw accountNotActive(status)
      return `The ${type === 'Trial' ? 'trial account' : 'account'} "${friendlyName}" is active`
    }
  }
}
