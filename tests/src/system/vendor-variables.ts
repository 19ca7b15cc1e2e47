import type { SimulatorSecrets } from '@leadlog/simulators'

/** The variables by which services find the simulated vendors and share their secrets. */
export function vendorVariables(simulatorsUrl: string, secrets: SimulatorSecrets): NodeJS.ProcessEnv {
  return {
    OUTBOUND_PRIVATE_HOSTS: new URL(simulatorsUrl).hostname,
    ZOHO_ACCOUNTS_URL: `${simulatorsUrl}/zoho-accounts`,
    ZOHO_API_URL: `${simulatorsUrl}/zoho`,
    HUBSPOT_API_URL: `${simulatorsUrl}/hubspot`,
    GEMINI_API_URL: `${simulatorsUrl}/gemini`,
    OPENAI_API_URL: `${simulatorsUrl}/openai`,
    SLACK_WEBHOOK_URL: `${simulatorsUrl}/slack/services/T000/B000/test`,
    CALENDLY_API_URL: `${simulatorsUrl}/calendly`,
    CALENDLY_API_TOKEN: secrets.calendlyApiToken,
    READAI_API_URL: `${simulatorsUrl}/readai`,
    READAI_API_KEY: secrets.readaiApiKey,
    CALENDLY_SIGNING_KEY: secrets.calendlySigningKey,
    READAI_SIGNING_KEY: secrets.readaiSigningKey,
    READAI_SHARED_SECRET: secrets.readaiSharedSecret,
    STANDARD_WEBHOOK_SECRETS: [...secrets.standardWebhookSecrets]
      .map(([source, secret]) => `${source}=${secret}`)
      .join(','),
    ZOHO_CLIENT_ID: secrets.zohoClientId,
    ZOHO_CLIENT_SECRET: secrets.zohoClientSecret,
    ZOHO_REFRESH_TOKEN: secrets.zohoRefreshToken,
    HUBSPOT_ACCESS_TOKEN: secrets.hubspotAccessToken,
    GEMINI_API_KEY: secrets.geminiApiKey,
    OPENAI_API_KEY: secrets.openaiApiKey,
    TWILIO_API_URL: `${simulatorsUrl}/twilio`,
    STRIPE_API_URL: `${simulatorsUrl}/stripe`,
    STRIPE_SECRET_KEY: secrets.stripeSecretKey,
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
    TWILIO_ACCOUNT_SID: secrets.twilioAccountSid,
    TWILIO_AUTH_TOKEN: secrets.twilioAuthToken,
    ZOOM_OAUTH_URL: `${simulatorsUrl}/zoom`,
    ZOOM_API_URL: `${simulatorsUrl}/zoom`,
    ZOOM_WEBHOOK_SECRET: secrets.zoomWebhookSecret,
    ZOOM_CLIENT_ID: secrets.zoomClientId,
    ZOOM_CLIENT_SECRET: secrets.zoomClientSecret
  }
}
