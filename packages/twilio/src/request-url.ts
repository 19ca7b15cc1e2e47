/**
 * The address that Twilio signed: the configured beginning and the request's own path and query. Never what the request
 * says of its host or scheme where a beginning is configured: behind a proxy that ends TLS both are wrong.
 *
 * @param pathAndQuery as the request line has it, undecoded
 * @param host of the request, for systems without a public address (development)
 */
export function requestUrl(publicUrl: string | undefined, pathAndQuery: string, host: string | undefined): string {
  return `${(publicUrl ?? `http://${host ?? 'localhost'}`).replace(/\/+$/, '')}${pathAndQuery}`
}
