import type { FlowStep, Prompt } from '@leadlog/contracts'

/** A prompt of a step, and where it stands in the step. */
export interface PlacedPrompt {
  readonly prompt: Prompt
  readonly path: string
}

/** Everything that a step says. */
export function promptsOf(step: FlowStep): readonly PlacedPrompt[] {
  const prompts: PlacedPrompt[] = []
  if ('prompt' in step && step.prompt !== undefined) prompts.push({ prompt: step.prompt, path: 'prompt' })
  if ('retryPrompt' in step && step.retryPrompt !== undefined) {
    prompts.push({ prompt: step.retryPrompt, path: 'retryPrompt' })
  }
  return prompts
}
