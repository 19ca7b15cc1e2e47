import { connectReader as connect, WhatIfError, type Reader, type ReaderVariant } from '@leadlog/whatif'
import type { Context } from '../context.ts'
import { notConfigured } from '../errors.ts'

/** Who reads in a what-if, connected until the verb ends. @throws CliError CLI_NOT_CONFIGURED without the model's key */
export async function connectReader(variant: ReaderVariant, context: Context): Promise<Reader> {
  const { target, connect: connections, now } = context
  try {
    const { reader, close } = connect(variant, {
      environment: target.environment,
      redis: variant.provider === 'rules' ? undefined : ((await connections.redis()) ?? undefined),
      logger: await connections.logger(),
      now
    })
    connections.onClose(close)
    return reader
  } catch (error) {
    if (error instanceof WhatIfError && error.code === 'WHATIF_NOT_CONFIGURED') throw notConfigured(error.message)
    throw error
  }
}
