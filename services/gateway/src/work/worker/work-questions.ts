import { PermanentError } from '@leadlog/contracts'
import { HttpProblem } from '@leadlog/service'
import type { WorkThread } from './work-thread.ts'
import type { WorkerTask } from './worker-message.ts'

/** Who waits for an answer waits no longer than this, its place in the queue included. */
const WITHIN_MS = 60_000
/** Different questions at once; a thread has its own connections and up to 1.5 GB, so only one is at work. */
const MOST = 8
/** Nothing is kept of an answer, so a thread that does not stop is ended. */
const END_WITHIN_MS = 5_000
const COME_BACK_SECONDS = 10

/** Answers that are too much for the event loop, for whoever waits for them. */
export interface WorkQuestions {
  /**
   * One question at a time; whoever asks the same meanwhile gets the same answer.
   *
   * @throws HttpProblem 503 QUESTIONS_EXHAUSTED where too many wait, 504 ANSWER_TOO_LATE, 409 where the task says why
   *   it cannot be answered; whatever else the task throws
   */
  ask(question: WorkerTask): ReturnType<WorkThread>
}

/** @param deadline begins when a question is asked */
export function createWorkQuestions(
  thread: WorkThread,
  deadline: () => AbortSignal = () => AbortSignal.timeout(WITHIN_MS)
): WorkQuestions {
  const open = new Map<string, ReturnType<WorkThread>>()
  let before: Promise<unknown> = Promise.resolve()

  const begin = (question: WorkerTask): ReturnType<WorkThread> => {
    const signal = deadline()
    const late = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(tooLate()), { once: true })
    })
    const turn = before.then(() => {
      if (signal.aborted) throw tooLate()
      return thread(question, { signal, endWithinMs: END_WITHIN_MS })
    })
    // The next one waits for the thread, also where nobody waits for its answer any more.
    before = turn.catch(() => undefined)
    return Promise.race([turn, late]).catch((error: unknown) => {
      throw error instanceof PermanentError ? new HttpProblem(409, error.code, error.message) : error
    })
  }

  return {
    async ask(question) {
      const key = JSON.stringify([question.task, question.order])
      const same = open.get(key)
      if (same) return same
      if (open.size >= MOST) {
        const detail = 'Too many different questions wait for their answer; try again soon'
        throw new HttpProblem(503, 'QUESTIONS_EXHAUSTED', detail, { retryAfterSeconds: COME_BACK_SECONDS })
      }
      const answer = begin(question).finally(() => open.delete(key))
      open.set(key, answer)
      return answer
    }
  }
}

function tooLate(): HttpProblem {
  const detail = 'It took longer than a minute and was stopped. Ask for less at once, or try again at a quieter time'
  return new HttpProblem(504, 'ANSWER_TOO_LATE', detail)
}
