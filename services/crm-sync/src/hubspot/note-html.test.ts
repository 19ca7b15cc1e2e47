import t from 'tap'
import { hasReference } from '../note/note-identity.ts'
import { noteHtml, noteText } from './note-html.ts'

void t.test('a note is shown with its line breaks and nothing in it is markup', async (t) => {
  const html = noteHtml({ title: 'Demo <b>', content: 'Q: a & b?\nA: "<i>"\n\nRef: LL-1' })
  t.equal(html, '<strong>Demo &lt;b&gt;</strong><br><br>Q: a &amp; b?<br>A: "&lt;i&gt;"<br><br>Ref: LL-1')
  t.equal(noteText(html), 'Demo <b>\n\nQ: a & b?\nA: "<i>"\n\nRef: LL-1')
})

void t.test('the reference is found in whatever markup the body comes back', async (t) => {
  const body = '<div style="" dir="auto" data-top-level="true"><p>Q: &amp;lt;</p><p>Ref: LL-0a1b2c3d</p></div>'
  t.match(noteText(body), /^Q: &lt;\nRef: LL-0a1b2c3d\n+$/)
  t.ok(hasReference(noteText(body), 'Ref: LL-0a1b2c3d'))
  t.notOk(hasReference(noteText(body), 'Ref: LL-0a1b'))
})

void t.test('a body whose markup is too long loses its end, never its reference', async (t) => {
  const content = `${'&<\n'.repeat(300)}\n\nRef: LL-0a1b2c3d`
  const html = noteHtml({ title: 'T', content }, 1000)
  t.ok(html.length <= 1000 && html.length > 980)
  t.match(html, /(&amp;|&lt;|<br>)…<br><br>Ref: LL-0a1b2c3d$/)
  t.ok(hasReference(noteText(html), 'Ref: LL-0a1b2c3d'))
})
