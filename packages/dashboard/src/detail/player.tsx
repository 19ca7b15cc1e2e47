import { Pause, Play } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type MediaHTMLAttributes, type ReactNode } from 'react'
import { useSound } from '../api/use-sound.ts'
import { Refusal } from '../design/field.tsx'
import { clock } from '../words/calls.ts'
import { nextSpeed } from '../words/recordings.ts'

/** How far an arrow key goes. */
const STEP_SECONDS = 5

/**
 * Plays a sound, or a picture with its sound: by buttons, and where the focus is in it by keys: Space, the arrows, and `s` for the speed. What follows
 * the sound is given the second at which it is.
 */
export function Player(props: {
  address: string
  isVideo?: boolean
  /** What is known of it before it is loaded. */
  durationSeconds: number | null
  children: (seconds: number, seek: (seconds: number) => void) => ReactNode
}) {
  const { address, isVideo = false, durationSeconds, children } = props
  const audio = useRef<HTMLMediaElement>(null)
  const sound = useSound(address)
  const [playing, setPlaying] = useState(false)
  const [seconds, setSeconds] = useState(0)
  const [known, setKnown] = useState<number | null>(null)
  const [speed, setSpeed] = useState(1)
  const [failed, setFailed] = useState<string | null>(null)
  const length = known ?? durationSeconds ?? 0

  /** From a moment on, or from where it is. */
  const play = async (from?: number): Promise<void> => {
    const player = audio.current
    if (player === null) return
    const src = await sound.find()
    if (src === undefined) return
    // Set here and nowhere else: to be set anew would take back what was begun.
    if (player.getAttribute('src') !== src) player.src = src
    if (from !== undefined) player.currentTime = from
    player.playbackRate = speed
    setFailed(null)
    await player.play().catch((error: unknown) => {
      // Whoever pauses before it began is not told of a failure.
      if (error instanceof DOMException && error.name === 'AbortError') return
      setFailed('The sound could not be played. Try again, or see whether it is still kept.')
    })
  }
  const toggle = (): void => (playing ? audio.current?.pause() : void play())
  const seek = (to: number): void => {
    const at = Math.min(Math.max(0, to), length)
    setSeconds(at)
    if (audio.current !== null && audio.current.readyState > 0) audio.current.currentTime = at
  }
  const changeSpeed = (): void => {
    const next = nextSpeed(speed)
    setSpeed(next)
    if (audio.current !== null) audio.current.playbackRate = next
  }
  const onKey = (event: KeyboardEvent): void => {
    const isButton = event.target instanceof HTMLButtonElement
    // A button is pressed by Space itself, and the slider moves by the arrows itself.
    if (event.key === ' ' && !isButton) toggle()
    else if (event.key === 's') changeSpeed()
    else if (event.key === 'ArrowLeft' && isButton) seek(seconds - STEP_SECONDS)
    else if (event.key === 'ArrowRight' && isButton) seek(seconds + STEP_SECONDS)
    else return
    event.preventDefault()
  }
  const Icon = playing ? Pause : Play
  const media: MediaHTMLAttributes<HTMLMediaElement> = {
    preload: 'none',
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onEnded: () => setPlaying(false),
    onTimeUpdate: (event) => setSeconds(event.currentTarget.currentTime),
    onLoadedMetadata: ({ currentTarget }) => {
      if (Number.isFinite(currentTarget.duration)) setKnown(currentTarget.duration)
      // Where somebody moved to before it was loaded.
      if (seconds > 0 && currentTarget.currentTime === 0) currentTarget.currentTime = seconds
    },
    onError: () => setFailed('The recording could not be loaded.')
  }
  return (
    <div role="group" aria-label="Player" className="flex flex-col gap-3" onKeyDown={onKey}>
      {isVideo ? (
        <video
          ref={(element) => {
            audio.current = element
          }}
          playsInline
          {...media}
          className="aspect-video w-full rounded-lg bg-black"
        />
      ) : (
        <audio
          ref={(element) => {
            audio.current = element
          }}
          {...media}
        />
      )}
      <div className="flex items-center gap-3 rounded-lg border border-border px-3 py-2">
        <button
          type="button"
          aria-label={playing ? 'Pause' : 'Play'}
          title="Space"
          onClick={toggle}
          className="grid size-8 shrink-0 place-items-center rounded-full bg-accent text-accent-foreground"
        >
          <Icon aria-hidden size={14} />
        </button>
        <input
          type="range"
          aria-label="Place in the recording"
          aria-valuetext={`${clock(seconds)} of ${clock(length)}`}
          min={0}
          max={Math.max(1, Math.ceil(length))}
          step={STEP_SECONDS > length ? 1 : 'any'}
          value={Math.min(seconds, length)}
          onChange={(event) => seek(Number(event.target.value))}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -STEP_SECONDS, ArrowRight: STEP_SECONDS }[event.key]
            if (step === undefined) return
            event.preventDefault()
            event.stopPropagation()
            seek(seconds + step)
          }}
          className="min-w-0 flex-1 accent-[var(--accent)]"
        />
        <span className="tnum text-xs whitespace-nowrap text-muted">
          {clock(seconds)} / {clock(length)}
        </span>
        <button
          type="button"
          aria-label={`Speed ${String(speed)}, change`}
          title="s"
          onClick={changeSpeed}
          className="tnum h-7 w-12 shrink-0 rounded-lg text-xs font-medium hover:bg-default"
        >
          {speed}×
        </button>
      </div>
      <Refusal>{sound.problem ?? failed}</Refusal>
      {children(seconds, (to) => {
        seek(to)
        void play(to)
      })}
    </div>
  )
}
