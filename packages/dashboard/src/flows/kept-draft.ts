import type { FlowDocument } from '@leadlog/contracts'

/** What was changed and is not saved yet, kept by the browser so that a reload loses nothing. */
export interface KeptDraft {
  /** The draft that it was made of; 0 where there was none. */
  readonly basedOn: number
  readonly name: string
  readonly document: FlowDocument
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (flowId: string): string => `leadlog.flow.${flowId}`

export function keepDraft(store: Store, flowId: string, draft: KeptDraft): void {
  try {
    store.setItem(keyOf(flowId), JSON.stringify(draft))
  } catch {
    // A full store keeps nothing; what is saved at the service is not touched by that.
  }
}

export function forgetDraft(store: Store, flowId: string): void {
  store.removeItem(keyOf(flowId))
}

export function keptDraft(store: Store, flowId: string): KeptDraft | null {
  try {
    const kept = JSON.parse(store.getItem(keyOf(flowId)) ?? 'null') as KeptDraft | null
    return kept !== null && typeof kept.basedOn === 'number' && Array.isArray(kept.document.steps) ? kept : null
  } catch {
    return null
  }
}

/** How what the browser kept stands to the newest draft of the service. */
export function standOf(
  kept: KeptDraft | null,
  newest: { readonly number: number; readonly document: FlowDocument }
): 'nothing-kept' | 'goes-on' | 'another-wrote' {
  if (kept === null || JSON.stringify(kept.document) === JSON.stringify(newest.document)) return 'nothing-kept'
  return kept.basedOn === newest.number ? 'goes-on' : 'another-wrote'
}
