import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static'
import type { HttpServer } from '@leadlog/service'

/** Stands in a built page wherever the nonce of an answer belongs. */
const NONCE_MARK = '__CSP_NONCE__'
const NONCE_BYTES = 18
/** Names of built assets carry a hash of their content. */
const ASSETS_KEPT_FOR = '365d'

/**
 * The page of a built folder, as it is given out: each time with a nonce of its own.
 *
 * @param named the variable that names the folder, and what was built into it
 * @throws Error when the folder holds no page
 */
export function builtPage(
  folder: string,
  named: { readonly variable: string; readonly what: string }
): () => { nonce: string; page: string } {
  const page = readPage(folder, named)
  return () => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    return { nonce, page: page.replaceAll(NONCE_MARK, nonce) }
  }
}

/** Serves the assets of a built folder, compressed beforehand; browsers keep them for ever. */
export async function serveAssets(
  app: HttpServer,
  folder: string,
  options: Pick<FastifyStaticOptions, 'prefix' | 'decorateReply'>
): Promise<void> {
  await app.register(fastifyStatic, {
    ...options,
    root: path.join(folder, 'assets'),
    preCompressed: true,
    immutable: true,
    maxAge: ASSETS_KEPT_FOR,
    index: false
  })
}

function readPage(folder: string, { variable, what }: { readonly variable: string; readonly what: string }): string {
  const file = path.join(folder, 'index.html')
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`${variable} holds no built ${what}: ${file} cannot be read`, { cause })
  }
}
