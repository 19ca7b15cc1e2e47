export { openKeyring, type Keyring, type KeyringOptions } from './keyring.ts'
export { parseMasterKey } from './master-key.ts'
export type { KeyringLogger } from './logger.ts'
export type { RewrapProgress } from './key-store.ts'
