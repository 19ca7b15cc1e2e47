import t from 'tap'
import { checkVariant } from './check-variant.ts'

const prompt = { version: '2', text: 'Read {{fields}}' }

void t.test('a variant must change something and make sense', async (t) => {
  const invalid = { code: 'WHATIF_VARIANT_INVALID' }
  t.throws(() => checkVariant({ reader: null, mapping: null }), invalid)
  t.throws(
    () => checkVariant({ reader: { provider: 'rules', model: null, prompts: { meddic: prompt } }, mapping: null }),
    invalid
  )
  t.throws(() => checkVariant({ reader: { provider: 'rules', model: 'x', prompts: {} }, mapping: null }), invalid)
  t.doesNotThrow(() => checkVariant({ reader: { provider: 'rules', model: null, prompts: {} }, mapping: null }))
  t.doesNotThrow(() => checkVariant({ reader: null, mapping: { document: null, variables: { ZCF_NEED: '' } } }))
})
