import type { Lane } from '@leadlog/contracts'
import { responseOf, type VendorClient, type VendorResponse } from '@leadlog/outbound'
import type { ModelHttp, ModelHttpResponse } from '../model/model-provider.ts'

/**
 * A vendor client as the model providers see it: every answer comes back, whatever its status, since providers read the
 * bodies of errors; budget, circuit and measurements have seen it before.
 */
export function modelHttp(client: VendorClient, lane: Lane): ModelHttp {
  return {
    async call(request) {
      try {
        return plain(await client.call({ ...request, headers: request.headers ?? {}, lane }))
      } catch (error) {
        const response = responseOf(error)
        if (response === undefined) throw error
        return plain(response)
      }
    }
  }
}

function plain(response: VendorResponse): ModelHttpResponse {
  return { status: response.status, headers: { ...response.headers }, body: bodyOf(response.text()) }
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
