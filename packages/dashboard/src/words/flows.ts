import type { StatusLook } from './status.ts'

/** What a list knows of a call flow. */
export interface FlowState {
  readonly live: { readonly version: number } | null
  readonly draft: { readonly published: boolean; readonly issueCount: number | null }
}

/** How a flow stands: what callers go through, and whether the draft is another. */
export function flowLook({ live, draft }: FlowState): StatusLook {
  const version = live === null ? '' : `Version ${String(live.version)} live`
  if (live !== null && draft.published) return { tone: 'success', icon: 'check', word: version }
  const issues = draft.issueCount ?? 0
  if (issues > 0) {
    const problems = `${String(issues)} ${issues === 1 ? 'problem' : 'problems'}`
    return {
      tone: 'warning',
      icon: 'alert',
      word: live === null ? `Draft, ${problems}` : `${version}, draft has ${problems}`
    }
  }
  return live === null
    ? { tone: 'neutral', icon: 'clock', word: 'Draft' }
    : { tone: 'info', icon: 'clock', word: `${version}, newer draft` }
}
