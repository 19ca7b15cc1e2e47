import type { ReadaiParticipant } from '../readai/readai-payload.ts'

/** The domain of the sellers, for `OWN_DOMAINS`. */
export const ownDomain = 'leadlog.example'

/** The sellers. */
export const team = {
  dana: { name: 'Dana Whitfield', email: `dana.whitfield@${ownDomain}` },
  theo: { name: 'Theo Brandt', email: `theo.brandt@${ownDomain}` },
  noor: { name: 'Noor Haddad', email: `noor.haddad@${ownDomain}` }
} as const satisfies Record<string, ReadaiParticipant>
