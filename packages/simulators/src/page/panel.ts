import { html } from './html.ts'
import type { Html } from './html.ts'

const CLIP = 160

export const clip = (text: string): string => (text.length > CLIP ? `${text.slice(0, CLIP)}…` : text)

export const timeOf = (iso: string): string => iso.slice(0, 19).replace('T', ' ')

/** A table under a heading; the text where it is empty. */
export const panel = (title: string, head: readonly string[], rows: readonly Html[], none: string): Html => html`
  <h2>${title}</h2>
  <div class="panel">
    ${
      rows.length === 0
        ? html`<p class="none">${none}</p>`
        : html`<table>
            <tr>
              ${head.map((name) => html`<th>${name}</th>`)}
            </tr>
            ${rows}
          </table>`
    }
  </div>
`
