import type { FlowDocument, FlowStep } from '@leadlog/contracts'

/** A flow that asks so many times, whatever is pressed, and says goodbye. */
export function askingFlow(steps: number): FlowDocument {
  const asking = Array.from({ length: steps }, (_, index): FlowStep => {
    const next = index + 1 < steps ? `ask-${index + 2}` : 'bye'
    return {
      id: `ask-${index + 1}`,
      kind: 'menu',
      prompt: { say: `Hello {{lead.firstName|there}}. This is question ${index + 1}. Press 1 for yes, 2 for no.` },
      timeoutSeconds: 5,
      retries: 2,
      choices: [
        { digit: '1', words: ['yes'], next },
        { digit: '2', words: ['no'], next }
      ],
      otherwise: 'bye'
    }
  })
  return {
    start: 'ask-1',
    language: 'en-US',
    fallbackNumber: '+14155550199',
    steps: [...asking, { id: 'bye', kind: 'hangup', prompt: { say: 'Goodbye.' } }]
  }
}
