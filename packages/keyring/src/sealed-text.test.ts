import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { parseMasterKey } from './index.ts'
import { newDataKey } from './key-record.ts'
import { openText, parseSealedText, sealText } from './sealed-text.ts'

const bytes = fc.uint8Array({ maxLength: 64 })
const text = fc.string({ maxLength: 20 })

void t.test('what was sealed opens in its place, and in no other', (t) => {
  const key = newDataKey()
  fc.assert(
    fc.property(bytes, text, text, (plain, context, elsewhere) => {
      const sealed = parseSealedText(sealText(key, 'ada', plain, context))
      t.same(openText(key.bytes, 'ada', sealed, context), Buffer.from(plain))
      t.equal(sealed.keyTag, key.tag)
      t.equal(openText(key.bytes, 'bob', sealed, context), null)
      t.equal(openText(newDataKey().bytes, 'ada', sealed, context), null)
      if (elsewhere !== context) t.equal(openText(key.bytes, 'ada', sealed, elsewhere), null)
    }),
    { numRuns: 50 }
  )
  t.end()
})

void t.test('a value with any one byte altered does not open', (t) => {
  const key = newDataKey()
  const sealed = parseSealedText(sealText(key, 'ada', Buffer.from('a secret'), 'event/name'))
  for (let at = 0; at < sealed.sealed.length; at++) {
    const altered = Buffer.from(sealed.sealed)
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at)
    t.equal(openText(key.bytes, 'ada', { ...sealed, sealed: altered }, 'event/name'), null)
  }
  t.end()
})

void t.test('the same value sealed twice differs', (t) => {
  const key = newDataKey()
  t.not(sealText(key, 'ada', Buffer.from('x'), 'c'), sealText(key, 'ada', Buffer.from('x'), 'c'))
  t.end()
})

void t.test('what is not a sealed text is refused by its code', (t) => {
  for (const other of ['', 'enc1.', 'enc1.abc', 'enc2.AAAA', 'plain text', `enc1.${'A'.repeat(60)}=`]) {
    t.throws(() => parseSealedText(other), { name: 'PermanentError', code: 'KEYRING_SEALED_TEXT_INVALID' }, other)
  }
  t.end()
})

void t.test('a master key is 32 random bytes in base64', (t) => {
  const key = randomBytes(32)
  t.same(parseMasterKey(` ${key.toString('base64')}\n`), new Uint8Array(key))
  t.same(parseMasterKey(key.toString('base64url')), new Uint8Array(key))
  for (const wrong of ['', 'secret', randomBytes(31).toString('base64'), Buffer.alloc(32).toString('base64')]) {
    t.throws(() => parseMasterKey(wrong), { code: 'KEYRING_MASTER_KEY_INVALID', message: /openssl rand/ }, wrong)
  }
  t.end()
})
