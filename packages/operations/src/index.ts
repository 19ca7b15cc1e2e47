export {
  discardDeadLetter,
  retryDeadLetter,
  simulateDeadLetter,
  type ActOptions,
  type ActResult,
  type DeadLetterPlace,
  type OperationsLog
} from './dead-letter-acts.ts'
export {
  canaryRedrive,
  type RedrivePhase,
  type RedriveProgress,
  type RedriveReport,
  type RedriveRequest,
  type RedriveStop
} from './canary-redrive.ts'
