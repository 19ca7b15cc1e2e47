export {
  discardDeadLetter,
  retryDeadLetter,
  simulateDeadLetter,
  type ActOptions,
  type ActResult,
  type DeadLetterPlace,
  type OperationsLog
} from './dead-letter-acts.ts'
export { canaryRedrive, type RedrivePhase, type RedriveProgress, type RedriveRequest } from './canary-redrive.ts'
export type { RedriveReport, RedriveStop } from './redrive-report.ts'
export { replayMessages, type ReplayReport, type ReplayRequest, type ReplayStop } from './replay-messages.ts'
