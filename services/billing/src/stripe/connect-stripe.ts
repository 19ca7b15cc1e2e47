import { createCircuit } from '@leadlog/outbound'
import { vendorMetrics, type OwnIntegration, type ServiceContext } from '@leadlog/service'
import { createStripeClient, type StripeClient } from '@leadlog/stripe'
import type { billingConfig } from '../config.ts'
import { stripeIntegration } from './stripe-integration.ts'

/**
 * The connection to the account of the key, null without one, and what people are told of it. In a DRY_RUN nobody but a test
 * that people ask for gets the connection.
 */
export function connectStripe({
  config,
  metrics,
  logger,
  onStop
}: Pick<ServiceContext<typeof billingConfig>, 'config' | 'metrics' | 'logger' | 'onStop'>): {
  readonly stripe: StripeClient | null
  readonly integration: OwnIntegration
} {
  const { stripeSecretKey: secretKey, stripeApiUrl: baseUrl, privateHosts, dryRun } = config
  if (secretKey === undefined) return { stripe: null, integration: stripeIntegration(config, null) }
  const measured = vendorMetrics(metrics, 'stripe')
  const circuit = createCircuit({ vendor: 'stripe', logger, onChange: measured.onCircuitChange })
  const stripe = createStripeClient({
    secretKey,
    baseUrl,
    privateHosts,
    circuit,
    onCallEnded: measured.onCallEnded,
    logger
  })
  onStop(() => stripe.close())
  return { stripe: dryRun ? null : stripe, integration: stripeIntegration(config, { stripe, circuit }) }
}
