import { fileConfig } from '@leadlog/files'
import { ROLES, type Role } from '@leadlog/contracts'
import { integer, list, optionalSecret, optionalText, optionalUrl, secret, text, type Setting } from '@leadlog/service'

/** Requests a client may make in a minute. */
const DEFAULT_RATE_PER_MINUTE = 100
/**
 * The same for somebody who looks at the dashboard: a screen reads up to four things anew, at most every 800 ms while
 * changes come in, which is 300 a minute; twice that for two windows.
 */
const DEFAULT_SESSION_RATE_PER_MINUTE = 600

export const gatewayConfig = {
  ...fileConfig,
  apiKey: secret('LEADLOG_API_KEY', {
    description: 'the key with which programs read the API, as a bearer token',
    example: '$(openssl rand -base64 32)'
  }),
  dashboardDir: optionalText('DASHBOARD_DIR', {
    description: 'folder of the built dashboard, served at `/`; without it a page there names the API',
    example: '/app/dashboard'
  }),
  zoomPanelDir: optionalText('ZOOM_PANEL_DIR', {
    description: 'folder of the built side panel for Zoom, served at `/zoom-panel`; without it there is none',
    example: '/app/zoom-panel'
  }),
  zoomClientId: optionalSecret('ZOOM_CLIENT_ID', {
    description: 'client id of the Zoom app that hosts connect with',
    example: 'as the Zoom Marketplace shows it'
  }),
  zoomClientSecret: optionalSecret('ZOOM_CLIENT_SECRET', {
    description: 'client secret of the Zoom app',
    example: 'as the Zoom Marketplace shows it'
  }),
  ratePerMinute: integer('API_RATE_PER_MINUTE', {
    description: 'requests a minute that one client may make',
    example: String(DEFAULT_RATE_PER_MINUTE),
    default: DEFAULT_RATE_PER_MINUTE,
    min: 1,
    max: 1_000_000
  }),
  sessionRatePerMinute: integer('API_SESSION_RATE_PER_MINUTE', {
    description: 'requests a minute that one person may make who is signed in, in all their windows together',
    example: String(DEFAULT_SESSION_RATE_PER_MINUTE),
    default: DEFAULT_SESSION_RATE_PER_MINUTE,
    min: 1,
    max: 1_000_000
  }),
  smtpUrl: optionalUrl('SMTP_URL', {
    description: 'the mail server that links to sign in with are sent through; without it nobody signs in by mail',
    example: 'smtps://user:password@mail.example.com',
    protocols: ['smtp', 'smtps'],
    secret: true
  }),
  mailFrom: text('MAIL_FROM', {
    description: 'who the mail is from',
    example: 'Leadlog <leadlog@example.com>',
    default: 'Leadlog <leadlog@localhost>'
  }),
  users: invitations('ACCESS_USERS')
}

/** Who the configuration invites. Told of as a number only: addresses do not belong into logs. */
export interface Invitations {
  readonly list: readonly { readonly email: string; readonly role: Role }[]
  toJSON(): string
}

/** `role:address`, or an address alone for an admin. */
function invitations(env: string): Setting<Invitations> {
  const texts = list(env, {
    description:
      'who may sign in from the first start on, separated by commas, each as role:address (admin, manager or user); others are invited by an admin',
    example: 'admin:ada@example.com,user:bob@example.com',
    default: []
  })
  return { ...texts, fallback: { value: invitationsOf([]) }, parse: (value) => invitationsOf(texts.parse(value)) }
}

function invitationsOf(texts: readonly string[]): Invitations {
  const people = texts.map(invitation)
  return { list: people, toJSON: () => `${String(people.length)} people` }
}

function invitation(text: string): { email: string; role: Role } {
  const [first = '', second] = text.split(':', 2)
  const role = second === undefined ? 'admin' : ROLES.find((known) => known === first)
  const email = second ?? first
  if (role === undefined) throw new Error(`"${first}" is no role; use ${ROLES.join(', ')}`)
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Error('each part must end in an e-mail address')
  return { email, role }
}
