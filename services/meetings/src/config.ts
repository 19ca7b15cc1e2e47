import {
  choice,
  integer,
  list,
  optionalSecret,
  optionalUrl,
  privateHosts,
  url,
  type BaseConfig,
  type ConfigOf
} from '@leadlog/service'
import { ZOOM_PLANS, type ZoomPlan } from '@leadlog/zoom'

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
