/**
 * What the panel's page may load and run: what the gateway itself serves and nothing else, as the dashboard's pages. Only
 * Zoom may show it in a frame, as its web client does; its own clients open the page as such.
 */
export function panelPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self' https://zoom.us https://*.zoom.us"
  ].join('; ')
}

const HSTS_SECONDS = 31_536_000

/**
 * With the policy, what Zoom's clients want of a page that they show. Transport security is said without https too, where
 * browsers do not heed it.
 */
export const PANEL_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'strict-transport-security': `max-age=${String(HSTS_SECONDS)}`,
  'x-content-type-options': 'nosniff'
}
