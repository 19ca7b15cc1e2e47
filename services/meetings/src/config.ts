import { fileConfig } from '@leadlog/files'
import {
  boolean,
  choice,
  integer,
  list,
  optionalSecret,
  optionalUrl,
  privateHosts,
  text,
  url,
  type BaseConfig,
  type ConfigOf
} from '@leadlog/service'
import { ZOOM_PLANS, type ZoomPlan } from '@leadlog/zoom'

/** Bookings are made up to two years ahead; a mail of before must not be sent again. */
const DEFAULT_EFFECT_TTL_SECONDS = 800 * 86_400

/** The variables of the meetings service. */
export const meetingsConfig = {
  ownDomains: list('OWN_DOMAINS', {
    description:
      'our own e-mail domains: their people are never the customer of a meeting while somebody else was there',
    example: 'leadlog.example,sales.leadlog.example',
    default: []
  }),
  customerDomains: list('READAI_CUSTOMER_DOMAINS', {
    description: "domains of known customers, preferred when a meeting's customer is chosen",
    example: 'northwind.example',
    default: []
  }),
  minDurationMinutes: integer('READAI_MIN_DURATION_MINUTES', {
    description: 'meetings shorter than this are ignored',
    example: '5',
    default: 5,
    min: 0,
    max: 600
  }),
  ...fileConfig,
  recordingRetentionDays: integer('MEETING_RECORDING_RETENTION_DAYS', {
    description: 'how many days sound and picture of a meeting are kept; what was said in it stays written down',
    example: '90',
    default: 90,
    min: 1,
    max: 3_650
  }),
  noShowGraceMinutes: integer('MEETINGS_NO_SHOW_GRACE_MINUTES', {
    description:
      'how long after its start a meeting that ended without the customer is waited for, and how long after its planned end one whose end Zoom did not tell; then it is a no-show',
    example: '15',
    default: 15,
    min: 0,
    max: 1_440
  }),
  notetakers: list('MEETINGS_NOTETAKER_NAMES', {
    description: 'words in the names of programs that listen in meetings: they are nobody who came',
    example: 'read.ai,notetaker',
    default: [
      'read.ai',
      'read ai',
      'notetaker',
      'note taker',
      'meeting notes',
      'otter.ai',
      'otterpilot',
      'fireflies',
      'fathom',
      'tl;dv',
      'avoma',
      'gong.io'
    ]
  }),
  privateHosts,
  zoomOauthUrl: url('ZOOM_OAUTH_URL', {
    description: "where Zoom's OAuth endpoints are, such as a simulator",
    example: 'https://zoom.us',
    default: 'https://zoom.us',
    protocols: ['https', 'http']
  }),
  zoomApiUrl: url('ZOOM_API_URL', {
    description: "where Zoom's API is, such as a simulator",
    example: 'https://api.zoom.us',
    default: 'https://api.zoom.us',
    protocols: ['https', 'http']
  }),
  zoomClientId: optionalSecret('ZOOM_CLIENT_ID', {
    description: 'client id of the Zoom app that hosts connect with',
    example: 'as the Zoom Marketplace shows it'
  }),
  zoomClientSecret: optionalSecret('ZOOM_CLIENT_SECRET', {
    description: 'client secret of the Zoom app',
    example: 'as the Zoom Marketplace shows it'
  }),
  zoomAccountId: optionalSecret('ZOOM_ACCOUNT_ID', {
    description:
      'account id of a server-to-server app, which acts for every host of the account who is not connected; without it each host connects',
    example: 'as the Zoom Marketplace shows it'
  }),
  zoomServerClientId: optionalSecret('ZOOM_SERVER_CLIENT_ID', {
    description: 'client id of the server-to-server app; ZOOM_CLIENT_ID where it is not set',
    example: 'as the Zoom Marketplace shows it'
  }),
  zoomServerClientSecret: optionalSecret('ZOOM_SERVER_CLIENT_SECRET', {
    description: 'client secret of the server-to-server app; ZOOM_CLIENT_SECRET where ZOOM_SERVER_CLIENT_ID is not set',
    example: 'as the Zoom Marketplace shows it'
  }),
  roomsFor: list('ZOOM_ROOMS_FOR', {
    description:
      'hosts whose bookings without a link get a Zoom meeting and an invitation: addresses, domains, or * for all; what is scheduled here gets one anyway',
    example: 'dana@leadlog.example,sales.leadlog.example',
    default: []
  }),
  dryRun: boolean('DRY_RUN', {
    description:
      'true: what would be written to the CRM, done at Stripe, opened at Zoom or mailed is recorded or logged, nothing is sent',
    example: 'false',
    default: true
  }),
  effectLeaseSeconds: integer('MEETINGS_EFFECT_LEASE_SECONDS', {
    description: 'how long a call or a mail that was begun may be silent before its process is taken for dead',
    example: '60',
    default: 60,
    min: 2,
    max: 3_600
  }),
  effectTtlSeconds: integer('MEETINGS_EFFECT_TTL_SECONDS', {
    description: 'how long the ledger remembers a call or a mail that is settled',
    example: String(DEFAULT_EFFECT_TTL_SECONDS),
    default: DEFAULT_EFFECT_TTL_SECONDS,
    min: 86_400,
    max: 315_360_000
  }),
  mailFrom: text('MAIL_FROM', {
    description: 'sender of mail, as the mail server lets it',
    example: 'Leadlog <leadlog@example.com>',
    default: 'Leadlog <leadlog@localhost>'
  }),
  zoomPlan: choice<ZoomPlan>('ZOOM_PLAN', {
    description: 'plan of the Zoom account, which decides how many calls it may make in a second',
    example: 'pro',
    default: 'pro',
    values: Object.keys(ZOOM_PLANS) as ZoomPlan[]
  }),
  meetingsUrl: optionalUrl('MEETINGS_URL', {
    description:
      'address under which a browser reaches this service, for who comes back from Zoom; PUBLIC_URL where it is not set',
    example: 'https://leadlog.example.com',
    protocols: ['https', 'http']
  }),
  smtpUrl: optionalUrl('SMTP_URL', {
    description: 'mail server that sends invitations; without it meetings cannot be scheduled here',
    example: 'smtps://user:password@mail.example.com',
    protocols: ['smtp', 'smtps'],
    secret: true
  }),
  gatewayUrl: optionalUrl('GATEWAY_URL', {
    description: 'address of the dashboard, for who comes back from Zoom; PUBLIC_URL where it is not set',
    example: 'https://leadlog.example.com',
    protocols: ['https', 'http']
  })
}

export type MeetingsConfig = BaseConfig & ConfigOf<typeof meetingsConfig>
