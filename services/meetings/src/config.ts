import { integer, list } from '@leadlog/service'

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
  })
}
