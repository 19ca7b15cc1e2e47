import { createCircuit } from '@leadlog/outbound'
import { vendorMetrics, type OwnIntegration, type ServiceContext } from '@leadlog/service'
import { createTwilioClient, type TwilioConnection } from '@leadlog/twilio/rest'
import type { telephonyConfig } from '../config.ts'
import { twilioIntegration } from './twilio-integration.ts'

/**
 * The connection to the account of the settings, null where it or its token is missing, and what people are told of it. Nothing
 * is called yet.
 */
export function connectTwilio(
  {
    config,
    metrics,
    logger,
    onStop
  }: Pick<ServiceContext<typeof telephonyConfig>, 'config' | 'metrics' | 'logger' | 'onStop'>,
  authTokens: readonly string[]
): { readonly twilio: TwilioConnection | null; readonly integration: OwnIntegration } {
  const accountSid = config.twilioAccountSid
  if (accountSid === undefined || authTokens.length === 0) {
    return { twilio: null, integration: twilioIntegration(config, null) }
  }
  const measured = vendorMetrics(metrics, 'twilio')
  const circuit = createCircuit({ vendor: 'twilio', logger, onChange: measured.onCircuitChange })
  const twilio = createTwilioClient({
    accountSid,
    authTokens,
    baseUrl: config.twilioApiUrl,
    privateHosts: config.privateHosts,
    circuit,
    onCallEnded: measured.onCallEnded,
    logger
  })
  onStop(() => twilio.close())
  return { twilio, integration: twilioIntegration(config, { twilio, circuit }) }
}
