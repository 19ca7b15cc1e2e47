import { createCircuit } from '@leadlog/outbound'
import { vendorMetrics, type ServiceContext } from '@leadlog/service'
import { createTwilioClient, type TwilioConnection } from '@leadlog/twilio/rest'
import type { telephonyConfig } from '../config.ts'

/** The connection to the account of the settings; null where it or its token is missing. Nothing is called yet. */
export function connectTwilio(
  {
    config,
    metrics,
    logger,
    onStop
  }: Pick<ServiceContext<typeof telephonyConfig>, 'config' | 'metrics' | 'logger' | 'onStop'>,
  authTokens: readonly string[]
): TwilioConnection | null {
  const accountSid = config.twilioAccountSid
  if (accountSid === undefined || authTokens.length === 0) return null
  const measured = vendorMetrics(metrics, 'twilio')
  const twilio = createTwilioClient({
    accountSid,
    authTokens,
    baseUrl: config.twilioApiUrl,
    privateHosts: config.privateHosts,
    circuit: createCircuit({ vendor: 'twilio', logger, onChange: measured.onCircuitChange }),
    onCallEnded: measured.onCallEnded,
    logger
  })
  onStop(() => twilio.close())
  return twilio
}
