import { setTimeout as delay } from 'node:timers/promises'

/** The time of calls, which may run faster than that of the machine. */
export interface LineTime {
  /** Waits for so many seconds of a call, shorter where the signal ends it. Resolves with the seconds that passed. */
  pass(seconds: number, signal: AbortSignal): Promise<number>
  /** How many seconds of a call have passed since a reading of `performance.now()`; 0 where nothing waits. */
  since(mark: number): number
  /** How long somebody stays in a conference who was not told how long. */
  readonly openEndedSeconds: number
}

/** The longest call that Twilio allows. */
const FOUR_HOURS = 14_400

/** No call waits for anything but the app. */
export const noTime: LineTime = {
  pass: (seconds, { aborted }) => Promise.resolve(aborted ? 0 : seconds),
  since: () => 0,
  openEndedSeconds: 30
}

/** @param scale seconds of a call in one real second */
export const scaledTime = (scale: () => number, stopping: AbortSignal): LineTime => ({
  since: (mark) => ((performance.now() - mark) / 1_000) * scale(),
  openEndedSeconds: FOUR_HOURS,
  pass: async (seconds, signal) => {
    const began = performance.now()
    const isOver = await delay((seconds * 1_000) / scale(), true, {
      signal: AbortSignal.any([signal, stopping])
    }).catch(() => false)
    return isOver ? seconds : Math.min(seconds, ((performance.now() - began) / 1_000) * scale())
  }
})
