import type { OnProgress } from '@leadlog/backup'
import type { Context } from '../context.ts'
import type { Progress } from '../output/progress.ts'

/** Shows each step of a backup or restore as a bar of its own. */
export function followProgress(context: Context): { onProgress: OnProgress; stop(): void } {
  let shown: { readonly step: string; readonly bar: Progress } | undefined
  const stop = (): void => {
    shown?.bar.stop()
    shown = undefined
  }
  return {
    stop,
    onProgress({ step, done, total, unit }) {
      if (shown?.step !== step) {
        stop()
        shown = { step, bar: context.progress(unit) }
      }
      // What a server sends is compressed: its size is not known before, and never above the stream's.
      shown?.bar.update({ label: step, done, total: Math.max(total ?? 0, done) })
    }
  }
}
