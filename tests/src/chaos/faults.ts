import type { TestSystem } from '../system/test-system.ts'

/** Share of the vendors' calls that fail. */
export const FAULT_RATE = 0.2
/** A lost answer is noticed by the closed connection; a silent one only by the client's time limit. */
const SILENT_MS = 8_000

/** Makes a share of the CRM's and the model's calls fail, a fifth by default: refused, broken, or done without an answer. */
export async function switchFaultsOn(system: TestSystem, seed: number, rate: number = FAULT_RATE): Promise<void> {
  const kinds = ['429', '500', '503', 'drop-after', 'timeout-after']
  await system.control('PUT', 'faults', [
    {
      id: 'crm',
      vendor: system.crm,
      kind: kinds,
      probability: rate,
      seed,
      delayMs: SILENT_MS,
      retryAfterSeconds: 0.2
    },
    {
      id: 'model',
      vendor: 'gemini',
      kind: kinds,
      probability: rate,
      seed: seed + 1,
      delayMs: SILENT_MS,
      retryAfterSeconds: 0.2
    },
    { id: 'accounts', vendor: 'zoho-accounts', kind: '500', probability: rate, seed: seed + 2, count: 2 }
  ])
}
