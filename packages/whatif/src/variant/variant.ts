import { OneOf, Nullable } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

const Prompt = Type.Object({
  version: Type.String({ minLength: 1, description: 'the name by which its answers are told from those of others' }),
  text: Type.String({ minLength: 1, description: "{{fields}} stands for the answer's properties in words" })
})

/** Who reads, in place of who read. */
export const ReaderVariant = Type.Object({
  provider: OneOf('rules', 'gemini', 'openai'),
  model: Nullable(Type.String({ description: 'null: the one that is configured' })),
  prompts: Type.Partial(Type.Object({ 'lead-intel': Prompt, meddic: Prompt }))
})
export type ReaderVariant = Static<typeof ReaderVariant>

/** Which CRM fields are written with what, in place of the mapping in force. */
export const MappingVariant = Type.Object({
  document: Type.Unknown({ description: 'a mapping document; null: the default one' }),
  variables: Type.Record(Type.String(), Type.String(), {
    description: 'ZCF_* variables; an empty value switches off'
  })
})
export type MappingVariant = Static<typeof MappingVariant>

/** What is tried out; null leaves a part as it is. */
export const Variant = Type.Object({
  reader: Nullable(ReaderVariant),
  mapping: Nullable(MappingVariant)
})
export type Variant = Static<typeof Variant>
