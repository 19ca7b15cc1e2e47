export { furtherReport, isEnd, type StatusReport } from './call-status.ts'
export {
  advance,
  beginning,
  MOST_REQUESTS,
  MOST_STEPS,
  withAnswers,
  type Advance,
  type CallState
} from './engine/advance.ts'
export { fallBackVerbs } from './engine/fall-back.ts'
export { openingAt } from './engine/opening.ts'
export type { StepRequest } from './engine/step-request.ts'
export type { Sound, Verb } from './engine/verb.ts'
export { waitInQueue } from './engine/wait-in-queue.ts'
export { edgesOf, type Edge } from './flow/edges.ts'
export { fillPlaceholders, placeholdersOf, type Placeholder } from './flow/placeholders.ts'
export { promptsOf, type PlacedPrompt } from './flow/prompts.ts'
export { validateFlow } from './flow/validate-flow.ts'
export { answersOf, callerVariables, isMemberName, type Answers } from './flow/variables.ts'
export { furtherStatus, type SmsReport } from './message-status.ts'
export { isPhoneNumber, phoneNumber } from './phone-number.ts'
