import { Presets, SingleBar } from 'cli-progress'
import { count, duration } from './quantity.ts'

/** Where long work stands. */
export interface ProgressState {
  readonly done: number
  readonly total: number
  /** What is worked on, `gateway leads` or a phase. */
  readonly label?: string
  /** Per second; measured here where it is not given. */
  readonly rate?: number
  /** Measured here where it is not given. */
  readonly remainingMs?: number
}

export interface Progress {
  update(state: ProgressState): void
  /** Removes the bar; what comes next begins on a clean line. */
  stop(): void
}

export interface ProgressOptions {
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
  readonly json: boolean
  /** What is counted: `events`. */
  readonly unit: string
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
}

/** Characters: of the bar, of what stands beside it, and of a terminal where nobody knows. */
const SHORTEST_BAR = 6
const LONGEST_BAR = 40
const BESIDE_BAR = 75
const ROOMY = 120

/** Programs do not want more lines than this. */
const JSON_EVERY_MS = 1_000

/**
 * Progress of a long verb on standard error: a bar with rate and remaining time on a terminal, with `--json` a line of
 * JSON a second, otherwise nothing.
 */
export function createProgress(options: ProgressOptions): Progress {
  const { stderr, json, now } = options
  const started = now()
  const measured = (state: ProgressState): Required<Omit<ProgressState, 'label'>> & { label: string } => {
    const seconds = (now() - started) / 1_000
    const rate = state.rate ?? (seconds > 0 ? state.done / seconds : 0)
    const remainingMs = state.remainingMs ?? (rate > 0 ? ((state.total - state.done) / rate) * 1_000 : 0)
    return { ...state, label: state.label ?? '', rate, remainingMs }
  }
  if (json) {
    let last = started
    return {
      update(state) {
        if (now() - last < JSON_EVERY_MS) return
        last = now()
        stderr.write(`${JSON.stringify({ progress: { ...measured(state), unit: options.unit } })}\n`)
      },
      stop: () => undefined
    }
  }
  if (stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar(
    {
      stream: stderr,
      hideCursor: true,
      clearOnComplete: true,
      barsize: Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, (stderr.columns ?? ROOMY) - BESIDE_BAR)),
      format: `{label}  {bar}  {percentage} %  {done} of {all} ${options.unit}  {speed}/s  {left} left`
    },
    Presets.shades_classic
  )
  let shown = false
  return {
    update(state) {
      const { label, done, total, rate, remainingMs } = measured(state)
      const payload = {
        label,
        done: count(done),
        all: count(total),
        speed: count(Math.round(rate)),
        left: duration(remainingMs)
      }
      if (!shown) bar.start(total, done, payload)
      else {
        bar.setTotal(total)
        bar.update(done, payload)
      }
      shown = true
    },
    stop() {
      if (shown) bar.stop()
      shown = false
    }
  }
}
