import { readFileSync } from 'node:fs'
import type { SecretEntry } from '@leadlog/service'
import type { Context } from '../../context.ts'
import { text } from '../../declaration/option.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { refused, usageError } from '../../errors.ts'

const KEY = 'LEADLOG_MASTER_KEY'
const OTHER = 'LEADLOG_MASTER_KEYS_OTHER'

const NEXT_STEP = `Now restart every service with the new key as ${KEY} and without ${OTHER}, one after another. Then destroy the old key, and keep it only for as long as backups of the key bucket from before are kept.`

export const verb = defineVerb({
  description: `First restart every service with the new key in ${OTHER} (make one with: openssl rand -base64 32). Nothing stops meanwhile, and the verb can be repeated when it was interrupted.`,
  options: {
    newKeyFile: text(`the file with the new master key; without it the one key in ${OTHER}`, { placeholder: '<path>' })
  },
  dangerous: true,
  examples: [
    ['leadlog secrets rotate', `to the key in ${OTHER}`],
    ['leadlog secrets rotate --new-key-file /run/secrets/next-master-key --yes', 'without asking']
  ],
  exitCodes: { 4: 'a service does not hold the new key yet, or --yes is missing' },
  async run(context, { newKeyFile }) {
    const newKey = await newKeyOf(context, newKeyFile)
    const { parseMasterKey } = await import('@leadlog/keyring')
    const { openSecretBook, secretFingerprints } = await import('@leadlog/service')
    const bytes = parseMasterKey(newKey)
    const keyring = await context.connect.keyring()
    const log = await context.connect.openLog()
    const { natsReplicas } = await context.connect.config()
    const entries = await (await openSecretBook(log, natsReplicas)).list(context.now())
    const lacking = withoutKey(entries, (name) => secretFingerprints(keyring, name, newKey))
    if (lacking.length > 0 && !context.yes) {
      throw refused(
        'CLI_NEW_KEY_NOT_EVERYWHERE',
        `Not started with the new key yet: ${lacking.join(', ')}. Restart them with it in ${OTHER}; where they do not run any more, say --yes`
      )
    }
    await context.confirm('Wrap every encryption key with the new master key?')
    const progress = context.progress('keys')
    const wrapped = await keyring
      .rewrap(bytes, ({ pass, seen, total }) => progress.update({ done: (pass - 1) * total + seen, total: 2 * total }))
      .finally(() => progress.stop())
    return {
      value: { wrapped, withoutNewKey: lacking, next: NEXT_STEP },
      text: () => [doneText(wrapped), ...(lacking.length > 0 ? [lackingText(lacking)] : []), NEXT_STEP].join('\n')
    }
  }
})

async function newKeyOf(context: Context, file: string | undefined): Promise<string> {
  if (file !== undefined) {
    try {
      return readFileSync(file, 'utf8').trim()
    } catch (error) {
      throw usageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const { masterKeysOther } = await context.connect.config()
  const { rotatingSecrets } = await import('@leadlog/service')
  const keys = rotatingSecrets(masterKeysOther)
  const [only] = keys
  if (only !== undefined && keys.length === 1) return only
  throw usageError(`Give the new key with --new-key-file, or as the only one in ${OTHER}`)
}

/** Services that were started with a master key, but not with this one. */
function withoutKey(entries: readonly SecretEntry[], fingerprintsOf: (name: string) => readonly string[]): string[] {
  const holding = entries.flatMap(({ name, holders }) => {
    if (name !== KEY && name !== OTHER) return []
    const wanted = fingerprintsOf(name)
    return holders.flatMap(({ service, fingerprints }) =>
      fingerprints.some((fingerprint) => wanted.includes(fingerprint)) ? [service] : []
    )
  })
  const all = entries.find(({ name }) => name === KEY)?.holders.map(({ service }) => service) ?? []
  return all.filter((service) => !holding.includes(service)).sort()
}

function doneText(wrapped: number): string {
  return wrapped === 0
    ? 'Every key was wrapped with the new master key already.'
    : `${String(wrapped)} ${wrapped === 1 ? 'key is' : 'keys are'} now wrapped with the new master key.`
}

function lackingText(lacking: readonly string[]): string {
  return `Without the new key, and so unable to read keys they do not hold: ${lacking.join(', ')}.`
}
