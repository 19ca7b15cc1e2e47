import type { ConfigOf } from '../config/load-config.ts'
import { optionalSecret, optionalText, optionalUrl, text } from '../config/setting.ts'

/** Where Vault is and how this process proves who it is. Without VAULT_ADDR nothing is asked of Vault. */
export const vaultConfig = {
  vaultAddr: optionalUrl('VAULT_ADDR', {
    description: 'address of HashiCorp Vault or OpenBao; variables that are set nowhere else are read from it at start',
    example: 'https://vault.example.com:8200',
    protocols: ['https', 'http']
  }),
  vaultMount: text('VAULT_MOUNT', {
    description: 'where the key-value engine (version 2) is mounted',
    example: 'secret',
    default: 'secret'
  }),
  vaultPath: text('VAULT_PATH', {
    description: "path of the secret whose keys are the variables' names",
    example: 'leadlog/production',
    default: 'leadlog'
  }),
  vaultNamespace: optionalText('VAULT_NAMESPACE', {
    description: 'namespace of Vault Enterprise or OpenBao',
    example: 'sales'
  }),
  vaultToken: optionalSecret('VAULT_TOKEN', {
    description: 'token for Vault; takes the place of a login',
    example: 'hvs.…'
  }),
  vaultRoleId: optionalText('VAULT_ROLE_ID', {
    description: 'role id for a login by AppRole',
    example: '59d6d1ca-47bb-4e7e-a40b-8be3bc5a0ba8'
  }),
  vaultSecretId: optionalSecret('VAULT_SECRET_ID', {
    description: 'secret id for a login by AppRole',
    example: '84896a0c-1347-aa90-a4f6-aca8b7558780'
  }),
  vaultKubernetesRole: optionalText('VAULT_KUBERNETES_ROLE', {
    description: "role for a login with the pod's service account",
    example: 'leadlog'
  }),
  vaultKubernetesTokenFile: text('VAULT_KUBERNETES_TOKEN_FILE', {
    description: "file with the service account's token",
    example: '/var/run/secrets/kubernetes.io/serviceaccount/token',
    default: '/var/run/secrets/kubernetes.io/serviceaccount/token'
  }),
  vaultAuthMount: optionalText('VAULT_AUTH_MOUNT', {
    description: 'where the login method is mounted; approle or kubernetes where it is not set',
    example: 'kubernetes-eu'
  })
}

/** The values of {@link vaultConfig}. */
export type VaultConfig = ConfigOf<typeof vaultConfig>
