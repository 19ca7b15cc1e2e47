import { responseOf, type VendorCall, type VendorClient } from '@leadlog/outbound'

/**
 * Signs in with the account and its token. While tokens rotate either may be in force: one that is refused is followed by
 * the next, which is tried first from then on. A refusal does nothing, so that nothing happens twice.
 */
export function rotatingAuthorization(
  client: VendorClient,
  accountSid: string,
  authTokens: readonly string[]
): VendorClient {
  let first = 0
  const withToken = async <T>(call: VendorCall, make: (call: VendorCall) => Promise<T>): Promise<T> => {
    for (let tried = 0; ; tried += 1) {
      const at = (first + tried) % authTokens.length
      const basic = Buffer.from(`${accountSid}:${authTokens[at] ?? ''}`).toString('base64')
      try {
        const result = await make({ ...call, headers: { ...call.headers, authorization: `Basic ${basic}` } })
        first = at
        return result
      } catch (error) {
        if (responseOf(error)?.status !== 401 || tried + 1 >= authTokens.length) throw error
      }
    }
  }
  return {
    call: (call) => withToken(call, (signed) => client.call(signed)),
    stream: (call) => withToken(call, (signed) => client.stream(signed)),
    close: () => client.close()
  }
}
