/** A body in the form it is sent, with its content type where the body alone tells it. */
export function requestBody(body: unknown): { bytes: string | Uint8Array | null; contentType?: string } {
  if (body === undefined || body === null) return { bytes: null }
  if (body instanceof URLSearchParams)
    return { bytes: body.toString(), contentType: 'application/x-www-form-urlencoded' }
  if (body instanceof Uint8Array) return { bytes: body }
  return { bytes: JSON.stringify(body), contentType: 'application/json' }
}
