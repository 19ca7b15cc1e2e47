import t from 'tap'
import { intoClipboard } from './clipboard.ts'

const browser = (clipboard?: object): void =>
  void Object.defineProperty(globalThis, 'navigator', { value: { clipboard }, configurable: true })

void t.test('a text is in the clipboard, or it is said that it is not', async (t) => {
  const written: string[] = []
  browser({ writeText: (text: string) => Promise.resolve(void written.push(text)) })
  t.equal(await intoClipboard('65bdc8'), true)
  t.same(written, ['65bdc8'])
  browser({ writeText: () => Promise.reject(new Error('denied')) })
  t.equal(await intoClipboard('65bdc8'), false, 'the browser refuses')
  browser()
  t.equal(await intoClipboard('65bdc8'), false, 'a page without TLS has no clipboard')
})
