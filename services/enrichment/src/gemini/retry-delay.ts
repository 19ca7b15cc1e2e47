import type { VendorResponse } from '@leadlog/outbound'

/**
 * How long Gemini says to stay away: `RetryInfo.retryDelay` in the details of a 429, for example `19s`. Undefined for a
 * quota of the day: a lane must not be held for hours, the delivery comes back by itself.
 */
export function retryDelayOf(response: VendorResponse): number | undefined {
  const text = response.text()
  if (/"quotaId"\s*:\s*"[^"]*PerDay/i.test(text)) return undefined
  const match = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/.exec(text)
  return match?.[1] === undefined ? undefined : Math.ceil(Number(match[1]) * 1000)
}
