import { useEffect, useRef, type MouseEvent, type RefObject } from 'react'

export interface Modal {
  readonly ref: RefObject<HTMLDialogElement | null>
  readonly close: () => void
  /** Closes it at a click beside it; not for what somebody types into, which would be lost. */
  readonly closeBeside: (event: MouseEvent) => void
}

/** A dialog before the page, open as long as it is drawn. */
export function useModal(): Modal {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => ref.current?.showModal(), [])
  const close = (): void => ref.current?.close()
  return {
    ref,
    close,
    closeBeside: ({ target }) => {
      if (target === ref.current) close()
    }
  }
}
