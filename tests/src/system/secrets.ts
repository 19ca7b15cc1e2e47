import { randomBytes } from 'node:crypto'
import type { SimulatorSecrets } from '@leadlog/simulators'

/** Secrets of fictional accounts, for one system alone. */
export function newSecrets(): SimulatorSecrets {
  const random = () => randomBytes(24).toString('base64')
  return {
    calendlySigningKey: randomBytes(24).toString('hex'),
    readaiSigningKey: random(),
    readaiSharedSecret: randomBytes(12).toString('hex'),
    standardWebhookSecrets: new Map([['partner', `whsec_${random()}`]]),
    zohoClientId: '1000.TESTCLIENT',
    zohoClientSecret: randomBytes(12).toString('hex'),
    zohoRefreshToken: `1000.${randomBytes(12).toString('hex')}`,
    hubspotAccessToken: `pat-na1-${randomBytes(16).toString('hex')}`,
    hubspotClientId: randomBytes(16).toString('hex'),
    hubspotClientSecret: randomBytes(16).toString('hex'),
    hubspotRefreshToken: randomBytes(16).toString('hex'),
    geminiApiKey: randomBytes(12).toString('hex'),
    openaiApiKey: `sk-${randomBytes(12).toString('hex')}`,
    calendlyApiToken: randomBytes(12).toString('hex'),
    readaiApiKey: randomBytes(12).toString('hex'),
    stripeSecretKey: `sk_test_${randomBytes(16).toString('hex')}`,
    stripeWebhookSecret: `whsec_${randomBytes(16).toString('hex')}`,
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthToken: randomBytes(16).toString('hex'),
    zoomClientId: randomBytes(11).toString('base64url'),
    zoomClientSecret: randomBytes(16).toString('hex'),
    zoomAccountId: randomBytes(16).toString('base64url'),
    zoomWebhookSecret: randomBytes(16).toString('hex')
  }
}
