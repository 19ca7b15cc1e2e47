import { X } from 'lucide-react'
import { useModal } from '../design/modal.ts'
import { useAllowedScreens } from './allowed-screens.ts'

const EVERYWHERE: readonly (readonly [keys: string, words: string])[] = [
  ['⌘ K', 'Search leads, screens and commands (Ctrl K on other keyboards)'],
  ['/', 'To the search field of a list'],
  ['?', 'This help'],
  ['Esc', 'Close what is open; back to the row it came from']
]

const LISTS: readonly (readonly [keys: string, words: string])[] = [
  ['j', 'Next row'],
  ['k', 'Row before'],
  ['Enter', 'Open the row'],
  ['Home', 'First row'],
  ['End', 'Last row that is loaded']
]

const CALENDAR: readonly (readonly [keys: string, words: string])[] = [
  ['1 – 4', 'Day, week, month, list'],
  ['0', 'To today'],
  ['← →', 'Back and on']
]

/** `?`: every key that does something. */
export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const dialog = useModal()
  const screens = useAllowedScreens().flatMap((group) => group.screens)
  return (
    <dialog
      ref={dialog.ref}
      aria-labelledby="keys-help"
      onClose={onClose}
      onClick={dialog.closeBeside}
      className="m-auto w-[34rem] max-w-[calc(100vw-2rem)] rounded-xl border border-border bg-overlay text-foreground shadow-overlay backdrop:bg-black/40"
    >
      <div className="flex flex-col gap-5 p-5">
        <header className="flex items-center justify-between">
          <h2 id="keys-help" className="text-base font-semibold">
            Keys
          </h2>
          <button
            type="button"
            aria-label="Close"
            onClick={dialog.close}
            className="grid size-8 place-items-center rounded-lg text-muted hover:bg-default hover:text-foreground"
          >
            <X aria-hidden size={16} />
          </button>
        </header>
        <Keys title="Everywhere" keys={EVERYWHERE} />
        <Keys title="In lists" keys={LISTS} />
        <Keys title="In the calendar" keys={CALENDAR} />
        <Keys title="Go to" keys={screens.map(({ key, name }) => [`g ${key}`, name])} columns />
      </div>
    </dialog>
  )
}

function Keys(props: { title: string; keys: readonly (readonly [keys: string, words: string])[]; columns?: boolean }) {
  return (
    <section>
      <h3 className="mb-2 text-xs font-semibold text-muted">{props.title}</h3>
      <dl className={`grid gap-x-6 gap-y-1.5 ${props.columns === true ? 'sm:grid-cols-2' : ''}`}>
        {props.keys.map(([keys, words]) => (
          <div key={keys} className="flex items-baseline gap-3">
            <dt className="w-14 shrink-0">
              <kbd className="rounded border border-border bg-surface-secondary px-1.5 py-0.5 font-mono text-xs">
                {keys}
              </kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
