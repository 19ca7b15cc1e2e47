import { Link, useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useMedia } from '../design/media.ts'
import { isTyping } from '../list/typing.ts'

/**
 * The one pattern of details: beside its list where there is room, in place of it where there is not; with an address
 * of its own, which opens as a page in a new tab. Esc goes back to the list.
 */
export function DetailPanel(props: {
  title: ReactNode
  kicker: string
  back: string
  page?: ReactNode
  children: ReactNode
}) {
  const navigate = useNavigate()
  // Without room for the list, the detail is the page.
  const isBeside = useMedia('(min-width: 1024px)')
  const Heading = isBeside ? 'h2' : 'h1'
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!isBeside) panel.current?.focus()
  }, [isBeside])
  const { back } = props
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || isTyping(event.target) || event.defaultPrevented) return
      void navigate({ to: back, search: true as never })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [navigate, back])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={props.kicker}
      className="flex min-w-0 flex-1 flex-col border-border bg-surface outline-none lg:w-[26rem] lg:flex-none lg:border-l xl:w-[30rem] 2xl:w-[36rem]"
    >
      <div className="flex items-start gap-2 border-b border-border px-5 py-3">
        <div className="min-w-0 flex-1">
          <p className="text-xs text-muted">{props.kicker}</p>
          <Heading className="truncate text-base font-semibold">{props.title}</Heading>
        </div>
        {props.page}
        <Link
          to={back as never}
          search={true as never}
          aria-label="Close"
          title="Close (Esc)"
          className="grid size-8 place-items-center rounded-lg text-muted hover:bg-default hover:text-foreground"
        >
          <X aria-hidden size={16} />
        </Link>
      </div>
      <div
        className="min-h-0 flex-1 overflow-y-auto px-5 py-4"
        tabIndex={0}
        role="region"
        aria-label={`${props.kicker} details`}
      >
        <div className="flex flex-col gap-6">{props.children}</div>
      </div>
    </aside>
  )
}
