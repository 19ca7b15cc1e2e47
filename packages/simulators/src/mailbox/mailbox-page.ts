import { html, type Html } from '../page/html.ts'
import { pageStyle } from '../page/page-style.ts'
import type { ReceivedMail } from './mailbox-store.ts'

const MAX_SHOWN = 100
const LINK = /https?:\/\/[^\s<>"']+/g

/** Addresses in a text can be clicked; everything else stays text. */
const linked = (text: string): Html[] => {
  const parts: Html[] = []
  let from = 0
  for (const match of text.matchAll(LINK)) {
    parts.push(html`${text.slice(from, match.index)}`, html`<a href="${match[0]}">${match[0]}</a>`)
    from = match.index + match[0].length
  }
  return [...parts, html`${text.slice(from)}`]
}

/** Every mail that was sent, the newest first. What a mail holds is shown as text only. */
export const mailboxPage = (mails: readonly ReceivedMail[]): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="5" />
        <title>Mailbox</title>
        <style>
          ${{ markup: pageStyle }} pre {
            white-space: pre-wrap;
            font: inherit;
            margin: 0;
          }
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>Mailbox</h1>
            <span class="soft">every mail that was sent, whoever it was for; none left this machine</span>
            <a href="/">Simulated vendors</a>
          </header>
          ${mails.length === 0 ? html`<p class="none">No mail yet. Ask for a link to sign in, and it appears here.</p>` : null}
          ${mails
            .slice(-MAX_SHOWN)
            .reverse()
            .map(
              ({ at, to, subject, text }) => html`
                <h2>${subject}</h2>
                <div class="panel">
                  <p class="soft">to ${to.join(', ')} · ${at.slice(0, 19).replace('T', ' ')} UTC</p>
                  <pre>${linked(text)}</pre>
                </div>
              `
            )}
        </main>
      </body>
    </html>`.markup
