import { ApiKeyIssued, ApiKeyRevoked } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { adminsOnly } from '../database/row-policies.ts'

/** The keys of programs, for lists. Whether one is good is decided by its own history. */
export const apiKeys = defineProjection({
  name: 'gateway-api-keys',
  version: 1,
  table: 'gateway.api_keys',
  columns: {
    id: column.text({ primaryKey: true }),
    name: column.text(),
    scopes: column.textArray(),
    issued_by: column.text(),
    issued_at: column.timestamptz(),
    expires_at: column.timestamptz({ nullable: true }),
    revoked_at: column.timestamptz({ nullable: true })
  },
  on: [ApiKeyIssued, ApiKeyRevoked],
  key: (event) => event.data.keyId,
  aggregateOf: (id) => ({ context: 'access', aggregate: 'api-key', id }),
  evolve: {
    [ApiKeyIssued.type]: (_row, event, id) => ({
      id,
      name: event.data.name,
      scopes: event.data.scopes,
      issued_by: event.actor,
      issued_at: event.time,
      expires_at: event.data.expiresAt,
      revoked_at: null
    }),
    [ApiKeyRevoked.type]: (row, event) => row && { ...row, revoked_at: row.revoked_at ?? event.time }
  },
  setup: adminsOnly
})

export type ApiKeyRow = RowOf<typeof apiKeys>
