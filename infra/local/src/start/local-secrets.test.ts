import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t from 'tap'
import { keepLocalSecrets } from './local-secrets.ts'
import { writePrivateJson } from './private-file.ts'

void t.test('secrets are made once; a name that is new is added to those that are kept', (t) => {
  const state = mkdtempSync(path.join(tmpdir(), 'leadlog-secrets-'))
  t.teardown(() => rmSync(state, { recursive: true }))
  writePrivateJson(path.join(state, 'local.json'), { LEADLOG_MASTER_KEY: 'of before' })
  const first = keepLocalSecrets(state)
  t.equal(first['LEADLOG_MASTER_KEY'], 'of before')
  const [, key = ''] = /^whsec_(.+)$/.exec(first['TELEPHONY_WEBHOOK_SECRET'] ?? '') ?? []
  t.equal(Buffer.from(key, 'base64').length, 32, 'flows can ask outside on a machine of one’s own')
  t.same(keepLocalSecrets(state), first)
  t.end()
})
