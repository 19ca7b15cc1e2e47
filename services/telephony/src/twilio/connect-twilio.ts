import { createBudget, createCircuit } from '@leadlog/outbound'
import { vendorMetrics, type OwnIntegration, type ServiceContext } from '@leadlog/service'
import { createTwilioClient, type TwilioConnection } from '@leadlog/twilio/rest'
import type { telephonyConfig } from '../config.ts'
import { twilioIntegration } from './twilio-integration.ts'

/** Questions a minute of all processes together, and of each while Redis is away: far below what Twilio grants an account. */
const ASKED_PER_MINUTE = 300
const ASKED_AT_ONCE = 20

/**
 * The connection to the account of the settings, null where it or its token is missing, and what people are told of it. Nothing
 * is called yet. What is asked because nothing was heard has connections and a budget of its own: however much there is to ask,
 * and however often Twilio refuses it as too much, people who call do not wait behind it.
 */
export function connectTwilio(
  {
    config,
    metrics,
    logger,
    redis,
    onStop
  }: Pick<ServiceContext<typeof telephonyConfig>, 'config' | 'metrics' | 'logger' | 'redis' | 'onStop'>,
  authTokens: readonly string[]
): {
  readonly twilio: TwilioConnection | null
  /** For what nobody waits for. Whoever asks is stopped after `stopWaiting`. */
  readonly asking: { readonly twilio: TwilioConnection; readonly stopWaiting: () => void } | null
  readonly integration: OwnIntegration
} {
  const accountSid = config.twilioAccountSid
  if (accountSid === undefined || authTokens.length === 0) {
    return { twilio: null, asking: null, integration: twilioIntegration(config, null) }
  }
  const measured = vendorMetrics(metrics, 'twilio')
  const circuit = createCircuit({ vendor: 'twilio', logger, onChange: measured.onCircuitChange })
  const common = {
    accountSid,
    authTokens,
    baseUrl: config.twilioApiUrl,
    privateHosts: config.privateHosts,
    circuit,
    onCallEnded: measured.onCallEnded,
    logger
  }
  const budget = createBudget({
    vendor: 'twilio-questions',
    account: accountSid,
    perMinute: ASKED_PER_MINUTE,
    burst: ASKED_AT_ONCE,
    logger,
    ...(redis === undefined ? { localShare: 1 } : { redis })
  })
  const twilio = createTwilioClient(common)
  const asking = createTwilioClient({ ...common, budget, lane: 'retry' })
  onStop(async () => {
    await Promise.all([twilio.close(), asking.close()])
  })
  return {
    twilio,
    asking: { twilio: asking, stopWaiting: () => budget.close() },
    integration: twilioIntegration(config, { twilio, circuit })
  }
}
