import { inSpan, startSpan, type OpenSpan } from '@leadlog/tracing'
import type { CircuitStateName } from '../circuit/circuit.ts'
import type { VendorCall } from './vendor-call.ts'

/** One attempt at a call, its wait for the budget included, as a span below the handler that asked for it. */
export async function inCallSpan<T>(
  names: { vendor: string; server: string; attempt: number; circuit: CircuitStateName | undefined },
  call: VendorCall,
  work: (span: OpenSpan) => Promise<T>
): Promise<T> {
  const { vendor, server, attempt, circuit } = names
  const span = startSpan({
    name: `${vendor} ${call.operation}`,
    kind: 'client',
    attributes: {
      vendor,
      server,
      attempt,
      operation: call.operation,
      lane: call.lane,
      method: call.method,
      ...(circuit === undefined ? {} : { circuit })
    }
  })
  try {
    const result = await inSpan(span, () => work(span))
    span.end()
    return result
  } catch (error) {
    span.end(codeOf(error))
    throw error
  }
}

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'OUTBOUND_FAILED'
}
