import { Button } from '@heroui/react'
import { Copy } from 'lucide-react'
import { copyText } from './copy-text.ts'

/** Copies a text, and says so. */
export function CopyButton({ text, what, word = 'Copy' }: { text: string; what: string; word?: string }) {
  return (
    <Button size="sm" variant="secondary" onPress={() => void copyText(text, what, { onPage: true })}>
      <Copy aria-hidden size={13} /> {word}
    </Button>
  )
}
