import {
  PersonErased,
  SecondFactorDisabled,
  SecondFactorEnabled,
  SignedIn,
  UserDisabled,
  UserEnabled,
  UserInvited,
  UserRoleChanged,
  type Role
} from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { adminsOnly } from '../database/row-policies.ts'

/** Who may sign in, for lists. Whether somebody may is decided by their own history, not by this. */
export const users = defineProjection({
  name: 'gateway-users',
  version: 1,
  table: 'gateway.users',
  columns: {
    id: column.text({ primaryKey: true }),
    email: column.text(),
    name: column.text({ nullable: true }),
    role: column.text<Role>(),
    disabled: column.boolean(),
    second_factor: column.boolean(),
    invited_at: column.timestamptz(),
    last_signed_in_at: column.timestamptz({ nullable: true })
  },
  indexes: [{ on: 'email, id' }],
  on: [
    UserInvited,
    UserRoleChanged,
    UserDisabled,
    UserEnabled,
    SecondFactorEnabled,
    SecondFactorDisabled,
    SignedIn,
    PersonErased
  ],
  key: (event) => ('userId' in event.data ? event.data.userId : event.data.personId),
  aggregateOf: (id) => [
    { context: 'access', aggregate: 'user', id },
    { context: 'privacy', aggregate: 'person', id }
  ],
  evolve: {
    [UserInvited.type]: (_row, event, id) => ({
      id,
      email: event.data.email,
      name: event.data.name,
      role: event.data.role,
      disabled: false,
      second_factor: false,
      invited_at: event.time,
      last_signed_in_at: null
    }),
    [UserRoleChanged.type]: (row, event) => row && { ...row, role: event.data.to },
    [UserDisabled.type]: (row) => row && { ...row, disabled: true },
    [UserEnabled.type]: (row) => row && { ...row, disabled: false },
    [SecondFactorEnabled.type]: (row) => row && { ...row, second_factor: true },
    [SecondFactorDisabled.type]: (row) => row && { ...row, second_factor: false },
    [SignedIn.type]: (row, event) => row && { ...row, last_signed_in_at: event.time },
    [PersonErased.type]: () => null
  },
  setup: adminsOnly
})

export type UserRow = RowOf<typeof users>
