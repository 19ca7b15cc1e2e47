import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t from 'tap'
import { readVariant, type VariantOptions } from './read-variant.ts'

const none: VariantOptions = { reader: 'as-recorded', model: undefined, prompt: [], mapping: undefined, set: [] }
const usage = { code: 'CLI_USAGE' }

void t.test('options become a variant', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-variant-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const prompt = path.join(folder, 'shorter.txt')
  writeFileSync(prompt, 'Read {{fields}}')
  t.strictSame(readVariant(none), { reader: null, mapping: null })
  t.strictSame(readVariant({ ...none, set: ['ZCF_BUDGET=Annual_Budget', 'ZCF_NEED='] }).mapping, {
    document: null,
    variables: { ZCF_BUDGET: 'Annual_Budget', ZCF_NEED: '' }
  })
  t.match(readVariant({ ...none, reader: 'gemini', model: 'gemini-3-pro', prompt: [`meddic=${prompt}`] }).reader, {
    provider: 'gemini',
    model: 'gemini-3-pro',
    prompts: { meddic: { version: /^shorter-[0-9a-f]{8}$/, text: 'Read {{fields}}' } }
  })
})

void t.test('options that make no sense say what does', async (t) => {
  t.throws(() => readVariant({ ...none, model: 'gemini-3-pro' }), usage, 'a model without a reader')
  t.throws(() => readVariant({ ...none, reader: 'gemini', prompt: ['summary=x.txt'] }), usage, 'an unknown kind')
  t.throws(() => readVariant({ ...none, reader: 'gemini', prompt: ['meddic=/nonexistent'] }), usage, 'a missing file')
  t.throws(() => readVariant({ ...none, set: ['BUDGET=x'] }), usage, 'no ZCF variable')
})
