import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t from 'tap'
import { ConfigError, configSummary, loadConfig } from './load-config.ts'
import {
  boolean,
  choice,
  integer,
  list,
  optionalSecret,
  secondsList,
  secret,
  url,
  variablesWithPrefix
} from './setting.ts'

const spec = {
  key: secret('TEST_KEY', { description: 'a key', example: 'abc' }),
  token: optionalSecret('TEST_TOKEN', { description: 'a token', example: 'def' }),
  port: integer('TEST_PORT', { description: 'a port', example: '80', min: 1, max: 65_535 }),
  live: boolean('TEST_LIVE', { description: 'live or not', example: 'true', default: false }),
  kind: choice('TEST_KIND', { description: 'a kind', example: 'a', default: 'a', values: ['a', 'b'] }),
  server: url('TEST_URL', { description: 'a server', example: 'nats://127.0.0.1', protocols: ['nats'] }),
  domains: list('TEST_DOMAINS', { description: 'domains', example: 'a.example,b.example', default: [] }),
  delays: secondsList('TEST_DELAYS', { description: 'delays', example: '1,2', default: [1_000] }),
  fields: variablesWithPrefix('TEST_FIELD_', { description: 'fields', example: 'Name' })
}
const good = { TEST_KEY: 'k', TEST_PORT: '80', TEST_URL: 'nats://u:pw@127.0.0.1:4222/' }

function problemsOf(environment: Record<string, string>): string {
  try {
    loadConfig(spec, environment)
    return ''
  } catch (error) {
    return error instanceof ConfigError ? error.message : String(error)
  }
}

void t.test('all problems are listed at once, each with its variable and an example', (t) => {
  const message = problemsOf({
    TEST_PORT: '99999',
    TEST_LIVE: 'maybe',
    TEST_KIND: 'c',
    TEST_URL: 'http://x',
    TEST_DELAYS: 'x'
  })
  t.match(message, /6 problems/)
  t.match(message, /TEST_KEY: is missing \(a key\)\. Example: TEST_KEY=abc/)
  t.match(message, /TEST_PORT: must be a whole number from 1 to 65535/)
  t.match(message, /TEST_LIVE: must be true or false/)
  t.match(message, /TEST_KIND: must be one of a, b/)
  t.match(message, /TEST_URL: must be a URL starting with nats:\/\//)
  t.match(message, /TEST_DELAYS: must be seconds/)
  t.notMatch(message, /99999|maybe/, 'values are not repeated: they may be secrets')
  t.end()
})

void t.test('values', (t) => {
  const config = loadConfig(spec, {
    ...good,
    TEST_DOMAINS: ' a.example, ,b.example',
    TEST_DELAYS: '0.5,2',
    TEST_FIELD_NAME: 'Name__c',
    TEST_FIELD_OFF: ''
  })
  t.match(config, { key: 'k', port: 80, live: false, kind: 'a', server: 'nats://u:pw@127.0.0.1:4222' })
  t.strictSame(
    [config.domains, config.delays],
    [
      ['a.example', 'b.example'],
      [500, 2_000]
    ]
  )
  t.strictSame(config.fields, { TEST_FIELD_NAME: 'Name__c', TEST_FIELD_OFF: '' })
  t.equal(config.token, undefined)
  t.end()
})

void t.test('a secret may come from a file', (t) => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'leadlog-config-')), 'key')
  writeFileSync(file, 'from the file\n')
  t.equal(loadConfig(spec, { ...good, TEST_KEY: '', TEST_KEY_FILE: file }).key, 'from the file')
  t.match(
    problemsOf({ ...good, TEST_KEY: '', TEST_KEY_FILE: `${file}.gone` }),
    /TEST_KEY: cannot be read from the file that TEST_KEY_FILE names/
  )
  t.end()
})

void t.test('the summary tells nothing secret', (t) => {
  const summary = JSON.stringify(configSummary(spec, loadConfig(spec, { ...good, TEST_TOKEN: 'topsecret' })))
  t.notMatch(summary, /topsecret|:pw@|"k"/)
  t.match(summary, /"TEST_TOKEN":"set"/)
  t.end()
})

void t.test('rules over several settings report beside the rest', (t) => {
  t.throws(
    () =>
      loadConfig(spec, good, (config, report) => {
        if (!config.live) report('token', 'is needed')
      }),
    /TEST_TOKEN: is needed\. Example: TEST_TOKEN=def/
  )
  t.end()
})
