/** Names of senders, vendors and makers of facts, as people know them. */
const NAMES: Readonly<Record<string, string>> = {
  calendly: 'Calendly',
  readai: 'Read.ai',
  standard: 'Standard Webhooks',
  zoho: 'Zoho CRM',
  hubspot: 'HubSpot',
  slack: 'Slack',
  twilio: 'Twilio',
  stripe: 'Stripe',
  gemini: 'Gemini',
  openai: 'OpenAI',
  rules: 'Rules',
  zoom: 'Zoom',
  manual: 'Entered by hand',
  google_meet: 'Google Meet',
  meet: 'Google Meet',
  teams: 'Microsoft Teams',
  'crm-sync': 'CRM sync',
  crm: 'Leads',
  ingest: 'Ingest',
  telephony: 'Telephony',
  billing: 'Billing',
  meetings: 'Meetings',
  enrichment: 'Enrichment',
  notifications: 'Notifications',
  gateway: 'Gateway'
}

export function nameOf(word: string): string {
  return NAMES[word] ?? sentence(word)
}

/** How a signature was made: `readai-hmac-sha256` → `HMAC SHA-256`. */
export function schemeWords(scheme: string): string {
  return /hmac-sha256/.test(scheme) ? 'HMAC SHA-256' : sentence(scheme)
}

/** What a webhook says, by the provider's name of it. */
const DELIVERIES: Readonly<Record<string, string>> = {
  'invitee.created': 'Booking made',
  'invitee.canceled': 'Booking canceled',
  'invitee_no_show.created': 'Marked as no-show',
  'invitee_no_show.deleted': 'No-show taken back',
  'routing_form_submission.created': 'Form submitted',
  meeting_start: 'Meeting started',
  meeting_end: 'Meeting report',
  'voice-status': 'Call status',
  recording: 'Recording of a call',
  conference: 'Conference of calls',
  sms: 'SMS received',
  'sms-status': 'SMS status'
}

export function deliveryName(eventType: string): string {
  return DELIVERIES[eventType] ?? sentence(eventType)
}

/** `crm.LeadStatusChanged.v1` → `Lead status changed`. */
export function eventName(type: string): string {
  const name =
    type
      .replace(/\.v\d+$/, '')
      .split('.')
      .at(-1) ?? type
  return sentence(name)
}

/** Words that keep their letters, whatever stands around them. */
const KEPT: Readonly<Record<string, string>> = {
  crm: 'CRM',
  meddic: 'MEDDIC',
  id: 'ID',
  url: 'URL',
  api: 'API',
  readai: 'Read.ai'
}

/** `no-attendee_address`, `leadStatus` → words, the first with a capital. */
export function sentence(word: string): string {
  const words = word
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s._-]+/)
    .filter((part) => part !== '')
    .map((part) => KEPT[part.toLowerCase()] ?? part.toLowerCase())
  const text = words.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `ingest.WebhookReceived.v1` on the way of `meetings/translate-calendly` → `Translate Calendly`. */
export function handlerName(handler: string): string {
  return handler
    .split('-')
    .map((part, index) => NAMES[part] ?? (index === 0 ? part.charAt(0).toUpperCase() + part.slice(1) : part))
    .join(' ')
}

/** An error code as words: `MEETINGS_PAYLOAD_INVALID` → `Payload invalid`. */
export function codeName(code: string, service?: string): string {
  const prefix = service === undefined ? '' : `${service.toUpperCase().replaceAll('-', '_')}_`
  return sentence((code.startsWith(prefix) ? code.slice(prefix.length) : code).toLowerCase())
}
