/** What a step wants done outside of the call. Who runs the engine does it, once, and the call does not wait for it. */
export type StepRequest =
  | { readonly kind: 'sms'; readonly step: string; readonly to: string; readonly text: string }
  | { readonly kind: 'webhook'; readonly step: string; readonly url: string; readonly timeoutSeconds: number }
