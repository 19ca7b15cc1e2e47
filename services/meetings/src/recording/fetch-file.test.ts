import { PermanentError, WebhookReceived } from '@leadlog/contracts'
import { Readable } from 'node:stream'
import t from 'tap'
import { createZoomAccess } from '../zoom/zoom-access.ts'
import { fetchFile } from './fetch-file.ts'

const HOST = 'dana@own.example'
const RECEIVED_AT = '2026-11-18T10:00:00.000Z'
const DAY_MS = 86_400_000

type State = 'connected' | 'refused' | 'none'

/** A file that a webhook told of, at a Zoom that answers each token with a file, or refuses with a code. */
function zoomOf(answers: Readonly<Record<string, string>>, parts: { state?: State; hasAccount?: boolean } = {}) {
  const { state = 'none', hasAccount = true } = parts
  const asked: string[] = []
  const tokenOf = (value: string) => ({
    use: (call: (token: never) => Promise<never>) => call({ value } as never)
  })
  const zoomAccess = createZoomAccess({
    connections: { stateOf: async () => state, token: () => tokenOf('host') },
    account: hasAccount ? tokenOf('account') : null,
    clientWith: () => ({}) as never
  })
  const body = {
    ...{ event: 'recording.completed', download_token: 'webhook' },
    payload: {
      object: { id: '81234567890', host_email: HOST, recording_files: [{ id: 'F', download_url: 'https://zoom.us/x' }] }
    }
  }
  const webhook = { type: WebhookReceived.type, data: { keyId: 'k', body: 'sealed', receivedAt: RECEIVED_AT } }
  return {
    asked,
    fetch: (attempt = 1, afterMs = 0) =>
      fetchFile(
        { webhookId: 'w', fileId: 'F', attempt, now: new Date(Date.parse(RECEIVED_AT) + afterMs) },
        {
          log: { getLast: async () => webhook } as never,
          webhooks: { openBytes: async () => Buffer.from(JSON.stringify(body)) },
          zoomAccess,
          download: async (_url, token) => {
            asked.push(token)
            const code = answers[token]
            if (code !== undefined) throw new PermanentError(code, 'Zoom refused it.')
            return { contentType: 'video/mp4', contentLength: 0, body: Readable.from([]) }
          }
        }
      )
  }
}

void t.test('what the webhook’s token does not open is opened by who acts for the host', async (t) => {
  for (const code of [
    'ZOOM_124',
    'ZOOM_4700',
    'ZOOM_3301',
    'ZOOM_200',
    'OUTBOUND_UNAUTHORIZED',
    'OUTBOUND_NOT_FOUND'
  ]) {
    const zoom = zoomOf({ webhook: code })
    t.match(await zoom.fetch(), { contentType: 'video/mp4' }, code)
    t.strictSame(zoom.asked, ['webhook', 'account'], 'who never connected is served by the account')
  }
  const connected = zoomOf({ webhook: 'ZOOM_124' }, { state: 'connected' })
  t.match(await connected.fetch(), { contentType: 'video/mp4' })
  t.strictSame(connected.asked, ['webhook', 'host'], 'who connected, by nothing but their own permission')
  const over = zoomOf({})
  t.match(await over.fetch(1, DAY_MS + 1), { contentType: 'video/mp4' })
  t.strictSame(over.asked, ['account'], 'after a day the webhook’s token is not tried')
})

void t.test('the account does not go round a host who took the permission back', async (t) => {
  const refused = zoomOf({ webhook: 'ZOOM_124' }, { state: 'refused' })
  t.match(await refused.fetch(), { reason: 'refused', detail: 'Zoom does not give the file' })
  t.strictSame(refused.asked, ['webhook'])
  t.match(await refused.fetch(1, DAY_MS + 1), { reason: 'expired' })
  const nobody = zoomOf({ webhook: 'ZOOM_4700' }, { hasAccount: false })
  t.match(await nobody.fetch(), { reason: 'refused' })
  t.strictSame(nobody.asked, ['webhook'])
})

void t.test('what may still come is waited for, and what never will is not', async (t) => {
  const early = zoomOf({ webhook: 'ZOOM_3301', account: 'ZOOM_3301' })
  await t.rejects(early.fetch(1), { code: 'MEETINGS_RECORDING_NOT_READY' })
  await t.rejects(early.fetch(2), { code: 'MEETINGS_RECORDING_NOT_READY' })
  t.match(await early.fetch(3), { reason: 'refused', detail: /^ZOOM_3301: / })
  const forged = zoomOf({ webhook: 'ZOOM_DOWNLOAD_REFUSED', account: 'ZOOM_DOWNLOAD_REFUSED' })
  t.match(await forged.fetch(1), { reason: 'refused', detail: /^ZOOM_DOWNLOAD_REFUSED: / })
  t.strictSame(forged.asked, ['webhook'], 'no other token is sent there')
  const noScope = zoomOf({ webhook: 'ZOOM_124', account: 'ZOOM_4711' })
  t.match(await noScope.fetch(1), { reason: 'refused', detail: /^ZOOM_4711: / })
  const broken = zoomOf({ webhook: 'OUTBOUND_REQUEST_INVALID' })
  await t.rejects(broken.fetch(1), { code: 'OUTBOUND_REQUEST_INVALID' }, 'what is no refusal is told')
})
