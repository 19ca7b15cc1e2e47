import { Button } from '@heroui/react'
import { useId, type ReactNode } from 'react'
import { useModal } from './modal.ts'

/** A form before the page: one thing to fill in, done or left. */
export function FormDialog(props: {
  title: string
  word: string
  /** The button that leaves it; `Cancel` where absent. */
  leave?: string
  working: boolean
  /** What is filled in is what there is already. */
  unchanged?: boolean
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { title, word, leave = 'Cancel', working, unchanged = false, onSubmit, onClose, children } = props
  const dialog = useModal()
  const heading = useId()
  return (
    <dialog
      ref={dialog.ref}
      aria-labelledby={heading}
      onClose={onClose}
      className="m-auto w-[28rem] max-w-[calc(100vw-2rem)] rounded-xl border border-border bg-overlay text-foreground shadow-overlay backdrop:bg-black/40"
    >
      <form
        className="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <h2 id={heading} className="text-base font-semibold">
          {title}
        </h2>
        {children}
        <div className="flex justify-end gap-2">
          <Button size="sm" variant="secondary" onPress={dialog.close}>
            {leave}
          </Button>
          <Button size="sm" type="submit" variant="primary" isDisabled={working || unchanged}>
            {working ? 'Working' : word}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
