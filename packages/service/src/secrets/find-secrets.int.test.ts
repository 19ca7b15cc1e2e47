import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t, { type Test } from 'tap'
import { ConfigError, configSummary, loadConfig, sourceOf, type Environment } from '../config/load-config.ts'
import { optionalSecret, secret } from '../config/setting.ts'
import { startVaultServer, type VaultServer } from '../fixtures/vault-server.ts'
import { findSecrets } from './find-secrets.ts'
import { vaultConfig } from './vault-config.ts'

const PLACE = 'secret/leadlog/production'
const spec = {
  key: secret('TEST_KEY', { description: 'a key', example: 'abc' }),
  other: optionalSecret('TEST_OTHER', { description: 'another', example: 'def' }),
  ...vaultConfig
}

async function vault(t: Test): Promise<VaultServer> {
  const server = await startVaultServer()
  t.teardown(() => server.close())
  return server
}

function environmentFor(server: VaultServer, more: Environment = {}): Environment {
  return { VAULT_ADDR: server.url, VAULT_PATH: 'leadlog/production', ...more }
}

async function problemsOf(environment: Environment): Promise<string> {
  const found = await findSecrets(environment, { waitsMs: [] })
  try {
    loadConfig(spec, environment, undefined, found)
    return ''
  } catch (error) {
    return error instanceof ConfigError ? error.message : String(error)
  }
}

void t.test('with a token: what is set nowhere else comes from the newest version', async (t) => {
  const server = await vault(t)
  server.put(PLACE, { TEST_KEY: 'first', TEST_OTHER: 'from vault' })
  server.put(PLACE, { TEST_KEY: 'second', TEST_OTHER: 'from vault' })
  server.addToken('root', PLACE)
  const environment = environmentFor(server, { VAULT_TOKEN: 'root', TEST_OTHER: 'from the environment' })
  const found = await findSecrets(environment)
  const config = loadConfig(spec, environment, undefined, found)
  t.match({ ...config }, { key: 'second', other: 'from the environment' })
  t.equal(found.vaultVersion, 2)
  const summary = configSummary(spec, config, (env) => sourceOf(env, environment, found))
  t.match(summary, { TEST_KEY: 'set by vault', TEST_OTHER: 'set by environment', VAULT_TOKEN: 'set by environment' })
  t.notMatch(JSON.stringify(summary), /second|from the environment|root/)
})

void t.test('by AppRole, with the secret id from a file and a namespace; the login is revoked', async (t) => {
  const server = await vault(t)
  server.put(PLACE, { TEST_KEY: 'k' })
  server.addAppRole('approle', { roleId: 'role', secretId: 'hidden', path: PLACE })
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'leadlog-vault-')), 'secret-id')
  writeFileSync(file, 'hidden\n')
  const environment = environmentFor(server, {
    VAULT_ROLE_ID: 'role',
    VAULT_SECRET_ID_FILE: file,
    VAULT_NAMESPACE: 'sales'
  })
  t.equal((await findSecrets(environment)).values['TEST_KEY'], 'k')
  t.equal(server.openLogins, 0)
  t.match(
    await problemsOf({ ...environment, VAULT_SECRET_ID_FILE: '', VAULT_SECRET_ID: 'wrong' }),
    /VAULT_ROLE_ID: was refused by Vault \(HTTP 400: invalid role or secret ID\)/
  )
})

void t.test("with a pod's service account, mounted elsewhere", async (t) => {
  const server = await vault(t)
  server.put(PLACE, { TEST_KEY: 'k' })
  server.addKubernetesRole('kubernetes-eu', { role: 'leadlog', jwt: 'pod-token', path: PLACE })
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'leadlog-vault-')), 'token')
  writeFileSync(file, 'pod-token')
  const environment = environmentFor(server, {
    VAULT_KUBERNETES_ROLE: 'leadlog',
    VAULT_KUBERNETES_TOKEN_FILE: file,
    VAULT_AUTH_MOUNT: 'kubernetes-eu'
  })
  t.equal((await findSecrets(environment)).values['TEST_KEY'], 'k')
  t.match(await problemsOf({ ...environment, VAULT_AUTH_MOUNT: '' }), /VAULT_AUTH_MOUNT: names no login method/)
  t.match(
    await problemsOf({ ...environment, VAULT_KUBERNETES_TOKEN_FILE: `${file}.gone` }),
    /VAULT_KUBERNETES_TOKEN_FILE: names a file/
  )
})

void t.test('a refusal is a problem beside all others, and names what to mend', async (t) => {
  const server = await vault(t)
  t.match(await problemsOf(environmentFor(server)), /2 problems[^]*VAULT_TOKEN: is missing[^]*TEST_KEY: is missing/)
  t.match(
    await problemsOf(environmentFor(server, { VAULT_TOKEN: 'unknown' })),
    /VAULT_TOKEN: may not read secret\/leadlog\/production/
  )
  server.addToken('root', PLACE)
  const environment = environmentFor(server, { VAULT_TOKEN: 'root' })
  t.match(await problemsOf(environment), /VAULT_PATH: names no secret/)
  server.put(PLACE, { TEST_KEY: 'k' })
  t.equal(await problemsOf(environment), '')
  server.delete(PLACE)
  t.match(await problemsOf(environment), /VAULT_PATH: names no secret: .* or its newest version is deleted/)
  t.match(await problemsOf({ ...environment, VAULT_ADDR: 'ftp://x' }), /VAULT_ADDR: must be a URL/)
})

void t.test('a sealed Vault is waited for; one that stays away is no problem of the configuration', async (t) => {
  const server = await vault(t)
  server.put(PLACE, { TEST_KEY: 'k' })
  server.addToken('root', PLACE)
  server.seal(true)
  const environment = environmentFor(server, { VAULT_TOKEN: 'root' })
  await t.rejects(findSecrets(environment, { waitsMs: [1] }), {
    code: 'SECRETS_VAULT_UNAVAILABLE',
    message: /503, so it is sealed/
  })
  const waiting = findSecrets(environment, { waitsMs: Array.from({ length: 500 }, () => 10) })
  server.seal(false)
  t.equal((await waiting).values['TEST_KEY'], 'k')
})

void t.test('without VAULT_ADDR nobody is asked', async (t) => {
  t.strictSame(await findSecrets({ VAULT_TOKEN: 'root' }), { values: {}, vaultVersion: null, problems: [] })
})
