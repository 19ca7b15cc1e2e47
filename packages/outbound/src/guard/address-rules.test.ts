import t from 'tap'
import { createAddressRules } from './address-rules.ts'

const hostOf = (url: string) => new URL(url).hostname.replace(/^\[|\]$/g, '')

void t.test('nothing but the Internet at large, however it is written', async (t) => {
  const rules = createAddressRules([])
  const refused = [
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://0',
    'http://10.1.2.3',
    'http://172.16.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254',
    'http://0xa9fea9fe',
    'http://100.100.100.200',
    'http://168.63.129.16',
    'http://192.0.2.1',
    'http://198.18.0.1',
    'http://224.0.0.1',
    'http://255.255.255.255',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[::ffff:a9fe:a9fe]',
    'http://[::127.0.0.1]',
    'http://[64:ff9b::7f00:1]',
    'http://[2002:7f00:1::]',
    'http://[fd00:ec2::254]',
    'http://[fe80::1]',
    'http://[fec0::1]',
    'http://[ff02::1]',
    'http://[2001:db8::1]'
  ]
  for (const url of refused) t.type(rules.refusalOf('evil.example', hostOf(url)), 'string', url)
  t.type(rules.refusalOf('evil.example', 'not an address'), 'string')
  for (const url of ['http://8.8.8.8', 'http://[2606:4700::1111]', 'http://172.32.0.1'])
    t.equal(rules.refusalOf('good.example', hostOf(url)), null, url)
})

void t.test('what is named is allowed, and nothing near it', async (t) => {
  const rules = createAddressRules(['127.0.0.1', 'Simulators', '10.1.0.0/16', 'fd00:1::/32', ''])
  t.equal(rules.refusalOf('127.0.0.1', '127.0.0.1'), null)
  t.equal(rules.refusalOf('anything', '::ffff:127.0.0.1'), null)
  t.equal(rules.refusalOf('simulators.', '172.18.0.4'), null)
  t.equal(rules.refusalOf('llm.internal', '10.1.9.9'), null)
  t.equal(rules.refusalOf('llm.internal', 'fd00:1::5'), null)
  t.type(rules.refusalOf('llm.internal', '10.2.0.1'), 'string')
  t.type(rules.refusalOf('simulators.evil.example', '172.18.0.4'), 'string')
  t.type(rules.refusalOf('127.0.0.1.evil.example', '127.0.0.2'), 'string')
  t.throws(() => createAddressRules(['10.1.0.0/99']), /is no network/)
})
