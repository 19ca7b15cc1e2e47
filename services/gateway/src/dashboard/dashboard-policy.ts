/**
 * What the dashboard's pages may load and run: what the gateway itself serves and nothing else. No inline script, no
 * eval; a style element only with the nonce of this very answer.
 */
export function dashboardPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    // Recordings: from here, or as what was fetched with a key.
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}

/** The service worker has a policy of its own: it asks for the shell, and does nothing else. */
export const WORKER_POLICY = "default-src 'none'; connect-src 'self'"

/** Headers of every page beside its policy and those of every answer. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-cache',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin'
}
