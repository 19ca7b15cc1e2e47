import { Copy } from 'lucide-react'
import { elideMiddle } from '../words/format.ts'
import { copyText } from './copy-text.ts'

/** An id for whoever needs it: its middle left out, copied whole at a click. */
export function Id({ id, label = 'ID' }: { id: string; label?: string }) {
  return (
    <button
      type="button"
      onClick={() => void copyText(id, label)}
      title={id}
      className="-mx-1 inline-flex items-center gap-1 rounded px-1 font-mono text-xs text-muted hover:bg-default hover:text-foreground"
    >
      <span className="sr-only">Copy {label}</span>
      {elideMiddle(id)}
      <Copy aria-hidden size={11} />
    </button>
  )
}
