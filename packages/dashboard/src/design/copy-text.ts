import { toast } from 'sonner'
import { intoClipboard } from './clipboard.ts'

/** Copies a text, and says so; what cannot be copied is shown, unless the whole of it stands on the page. */
export async function copyText(text: string, what: string, { onPage = false } = {}): Promise<void> {
  if (await intoClipboard(text)) toast(`${what} copied`)
  else if (onPage) toast.error('The browser did not let us copy. Select the text and copy it by hand')
  else toast.error(`The browser did not let us copy. Copy it from here: ${text}`)
}
