/** Codes of what can go wrong with Zoho as a whole; what is wrong with a record carries Zoho's own code. */
export const zohoErrors = {
  /** Zoho, or the way to it, is out of order: tried again by itself. */
  unavailable: 'CRM_SYNC_ZOHO_UNAVAILABLE',
  /** The access token is refused; a new one is asked for by itself. */
  token: 'CRM_SYNC_ZOHO_TOKEN_STALE',
  /** Too many calls, or the day's credits are used up: tried again by itself. */
  limited: 'CRM_SYNC_ZOHO_LIMITED',
  /** The connection is refused: renew ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET or ZOHO_REFRESH_TOKEN, or its scopes. */
  credentials: 'CRM_SYNC_ZOHO_CREDENTIALS_REFUSED',
  /** Zoho does not take the request as it is: a wrong module, version or path. */
  rejected: 'CRM_SYNC_ZOHO_REQUEST_REJECTED'
} as const
