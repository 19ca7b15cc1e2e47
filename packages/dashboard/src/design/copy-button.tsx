import { Button } from '@heroui/react'
import { Copy } from 'lucide-react'
import { toast } from 'sonner'

/** Copies a text, and says so. */
export function CopyButton({ text, what, word = 'Copy' }: { text: string; what: string; word?: string }) {
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => toast(`${what} copied`),
      () => toast.error('The browser did not let us copy. Select the text and copy it by hand')
    )
  }
  return (
    <Button size="sm" variant="secondary" onPress={copy}>
      <Copy aria-hidden size={13} /> {word}
    </Button>
  )
}
