import { Copy } from 'lucide-react'
import { toast } from 'sonner'
import { elideMiddle } from '../words/format.ts'

/** An id for whoever needs it: its middle left out, copied whole at a click. */
export function Id({ id, label = 'ID' }: { id: string; label?: string }) {
  const copy = (): void => {
    navigator.clipboard.writeText(id).then(
      () => toast(`${label} copied`),
      () => toast.error('The browser did not let us copy')
    )
  }
  return (
    <button
      type="button"
      onClick={copy}
      title={id}
      className="-mx-1 inline-flex items-center gap-1 rounded px-1 font-mono text-xs text-muted hover:bg-default hover:text-foreground"
    >
      <span className="sr-only">Copy {label}</span>
      {elideMiddle(id)}
      <Copy aria-hidden size={11} />
    </button>
  )
}
