import { useEffect, useRef } from 'react'
import { clock } from '../words/calls.ts'
import { segmentAt } from '../words/recordings.ts'

/** Words of somebody, and when they begin in the recording. */
export interface Spoken {
  readonly startMs: number
  readonly speaker: string
  readonly words: string
}

/** What was said. Beside a sound it follows it, and a press on words goes to where they are said. */
export function Transcript(props: {
  segments: readonly Spoken[]
  /** Where the sound is; null without a sound. */
  seconds: number | null
  onSeek: ((seconds: number) => void) | null
}) {
  const { segments, seconds, onSeek } = props
  const current = seconds === null || seconds === 0 ? -1 : segmentAt(segments, seconds)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const spoken = list.current?.children[current]
    // Within the list only: the page stays where its reader is.
    if (spoken instanceof HTMLElement && list.current !== null) {
      const { offsetTop, offsetHeight } = spoken
      const { scrollTop, clientHeight } = list.current
      if (offsetTop < scrollTop || offsetTop + offsetHeight > scrollTop + clientHeight) {
        list.current.scrollTop = offsetTop - clientHeight / 3
      }
    }
  }, [current])
  return (
    <ol
      ref={list}
      aria-label="What was said"
      tabIndex={0}
      className="panel relative flex max-h-80 flex-col overflow-y-auto p-1"
    >
      {segments.map((segment, index) => {
        const words = (
          <>
            <span className="tnum w-10 shrink-0 text-xs text-muted">{clock(segment.startMs / 1000)}</span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="text-xs font-medium text-muted">{segment.speaker}: </span>
              {segment.words}
            </span>
          </>
        )
        const look = `flex w-full items-baseline gap-2 rounded-lg px-2 py-1.5 text-left ${index === current ? 'bg-default' : ''}`
        return (
          <li key={`${String(segment.startMs)} ${String(index)}`} aria-current={index === current ? 'true' : undefined}>
            {onSeek === null ? (
              <p className={look}>{words}</p>
            ) : (
              <button
                type="button"
                className={`${look} hover:bg-default`}
                onClick={() => onSeek(segment.startMs / 1000)}
              >
                {words}
              </button>
            )}
          </li>
        )
      })}
    </ol>
  )
}
