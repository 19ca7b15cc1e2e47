/** Codes of what can go wrong with HubSpot as a whole; what is wrong with a record carries HubSpot's own code. */
export const hubspotErrors = {
  /** HubSpot, or the way to it, is out of order: tried again by itself. */
  unavailable: 'CRM_SYNC_HUBSPOT_UNAVAILABLE',
  /** The access token is refused; a new one is asked for by itself where there is OAuth. */
  token: 'CRM_SYNC_HUBSPOT_TOKEN_STALE',
  /** The connection is refused: renew HUBSPOT_ACCESS_TOKEN or the OAuth app's secrets, or their scopes. */
  credentials: 'CRM_SYNC_HUBSPOT_CREDENTIALS_REFUSED',
  /** HubSpot does not take the request as it is: a wrong object type or path. */
  rejected: 'CRM_SYNC_HUBSPOT_REQUEST_REJECTED'
} as const
