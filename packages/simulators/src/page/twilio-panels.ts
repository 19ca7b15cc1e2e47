import type { SimulatorState } from '../state.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { clip, panel, timeOf } from './panel.ts'

const MAX_ROWS = 30

const callsPanel = ({ twilio, twilioLine }: SimulatorState): Html => {
  const calls = twilio.calls.list()
  return panel(
    `Twilio: calls (${calls.length}, ${twilioLine.live()} under way)`,
    ['At', 'From', 'To', 'Direction', 'Status', 'Seconds', 'Heard'],
    calls.slice(0, MAX_ROWS).map(
      ({ sid, createdAt, from, to, direction, status, seconds, heard, problems }) =>
        html`<tr>
          <td class="whole">${timeOf(createdAt)}</td>
          <td class="whole">${from}</td>
          <td class="whole">${to}</td>
          <td class="whole">${direction}</td>
          <td><span class="badge">${status}</span></td>
          <td class="number">${seconds}</td>
          <td class="wide">
            <details data-key="${sid}">
              <summary>${heard.length} sounds${problems.length > 0 ? `, ${problems.length} problems` : ''}</summary>
              <dl>
                <dt>sid</dt>
                <dd>${sid}</dd>
                ${heard.map(
                  (sound, index) =>
                    html`<dt>${index + 1}</dt>
                      <dd>${sound}</dd>`
                )}
                ${problems.map(
                  (problem) =>
                    html`<dt class="bad">wrong</dt>
                      <dd>${problem}</dd>`
                )}
              </dl>
            </details>
          </td>
        </tr>`
    ),
    'Nobody called. POST /_control/twilio/calls makes somebody call.'
  )
}

const messagesPanel = ({ twilio }: SimulatorState): Html => {
  const messages = twilio.messages.list()
  return panel(
    `Twilio: messages (${messages.length})`,
    ['At', 'From', 'To', 'Direction', 'Status', 'Text'],
    messages.slice(0, MAX_ROWS).map(
      ({ createdAt, from, to, direction, status, errorCode, body }) =>
        html`<tr>
          <td class="whole">${timeOf(createdAt)}</td>
          <td class="whole">${from}</td>
          <td class="whole">${to}</td>
          <td class="whole">${direction}</td>
          <td><span class="badge">${status}</span> <span class="bad">${errorCode}</span></td>
          <td class="wide">${clip(body)}</td>
        </tr>`
    ),
    'Nobody wrote. POST /_control/twilio/messages makes somebody write.'
  )
}

const conferencesPanel = ({ twilio }: SimulatorState): Html => {
  const conferences = twilio.conferences.list()
  return panel(
    `Twilio: conferences (${conferences.length})`,
    ['At', 'Name', 'Status', 'Participants', 'Ended because'],
    conferences.slice(0, MAX_ROWS).map(
      ({ createdAt, friendlyName, status, participants, reasonEnded }) =>
        html`<tr>
          <td class="whole">${timeOf(createdAt)}</td>
          <td class="wide">${friendlyName}</td>
          <td><span class="badge">${status}</span></td>
          <td class="wide">
            ${participants
              .map(({ label, callSid, muted, hold, status }) =>
                [label ?? callSid, muted ? 'muted' : '', hold ? 'on hold' : '', status === 'connected' ? '' : status]
                  .filter((word) => word !== '')
                  .join(', ')
              )
              .join('; ')}
          </td>
          <td>${reasonEnded}</td>
        </tr>`
    ),
    'Nobody met.'
  )
}

const recordingsPanel = ({ twilio }: SimulatorState): Html => {
  const recordings = twilio.recordings.list()
  return panel(
    `Twilio: recordings (${recordings.length})`,
    ['At', 'Of', 'Source', 'Status', 'Seconds', 'Channels', 'Words'],
    recordings.slice(0, MAX_ROWS).map(
      ({ sid, createdAt, callSid, conferenceSid, source, status, seconds, channels, said }) =>
        html`<tr>
          <td class="whole">${timeOf(createdAt)}</td>
          <td class="whole"><code>${conferenceSid ?? callSid}</code></td>
          <td class="whole">${source}</td>
          <td><span class="badge">${status}</span></td>
          <td class="number">${seconds}</td>
          <td class="number">${channels}</td>
          <td class="wide">
            <details data-key="${sid}">
              <summary>${said.length} utterances</summary>
              <dl>
                ${said.map(
                  ({ who, text }) =>
                    html`<dt>${who}</dt>
                      <dd>${text}</dd>`
                )}
              </dl>
            </details>
          </td>
        </tr>`
    ),
    'Nothing was recorded.'
  )
}

/** What the Twilio account holds; nothing where nobody uses it. */
export const twilioPanels = (state: SimulatorState): Html | null => {
  const { calls, messages, conferences, recordings } = state.twilio
  if ([calls, messages, conferences, recordings].every((store) => store.list().length === 0)) return null
  return html`${callsPanel(state)} ${messagesPanel(state)} ${conferencesPanel(state)} ${recordingsPanel(state)}`
}
