import { sql, type RawBuilder } from 'kysely'
import type { TokenSeal } from '@leadlog/outbound'
import type { GrantedTokens } from '@leadlog/zoom'

/** A host's connection with Zoom, as it is stored. */
export interface ZoomGrant {
  readonly email: string
  readonly zoomUserId: string
  /** Rises with every refresh token: who knows an old one changes nothing. */
  readonly generation: number
  readonly refreshToken: string
  readonly accessToken: string
  readonly accessUntil: number
  /** Zoom does not know the permission any more. */
  readonly refused: boolean
}

/** Connections with Zoom in Postgres, their tokens sealed. */
export interface ZoomGrants {
  find(email: string): Promise<ZoomGrant | null>
  emails(): Promise<readonly { readonly email: string; readonly refused: boolean }[]>
  /** The host who is this user of Zoom; null where nobody is. */
  emailOfUser(zoomUserId: string): Promise<string | null>
  /** A host agreed: takes the place of whatever there was. */
  connect(email: string, zoomUserId: string, tokens: GrantedTokens): Promise<void>
  remove(email: string): Promise<void>
  /** Takes the one refresh of a generation; false while another process has it, or the generation is over. */
  claim(grant: ZoomGrant): Promise<boolean>
  /** Gives a claim back where Zoom was not reached. */
  release(grant: ZoomGrant): Promise<void>
  /** Keeps the next tokens; false where the generation is over. */
  store(grant: ZoomGrant, tokens: GrantedTokens): Promise<boolean>
  /** Notes that Zoom refuses the grant; false where the generation is over. */
  refuse(grant: ZoomGrant): Promise<boolean>
  begin(begun: { stateDigest: string; email: string; verifier: string; until: Date }): Promise<void>
  /** What was begun with the state; it is good once. Null where it is unknown, used or too old. */
  finish(stateDigest: string): Promise<{ email: string; verifier: string } | null>
}

/**
 * Who holds a claim and is silent for so long is taken for dead. Half a minute longer than a refresh and keeping its tokens
 * may take together: a claim that is taken over too early costs the grant.
 */
const CLAIM_SECONDS = 90

interface Row {
  email: string
  zoom_user_id: string
  generation: string
  refresh_token: string
  access_token: string
  access_until: Date
  refused: boolean
}

export function createZoomGrants(options: {
  /** Anything Kysely queries can run on; not a transaction, since a claim must be seen by others. */
  readonly db: Parameters<RawBuilder<unknown>['execute']>[0]
  readonly schema: string
  /** Names this process. */
  readonly owner: string
  readonly seal: TokenSeal
  readonly now: () => number
}): ZoomGrants {
  const { db, schema, owner, seal, now } = options
  const grants = sql.table(`${schema}.zoom_grants`)
  const begun = sql.table(`${schema}.zoom_connections_begun`)
  const until = (tokens: GrantedTokens): Date => new Date(now() + tokens.expiresInMs)

  return {
    async find(email) {
      const { rows } = await sql<Row>`select * from ${grants} where email = ${email}`.execute(db)
      const [row] = rows
      if (row === undefined) return null
      return {
        email,
        zoomUserId: row.zoom_user_id,
        generation: Number(row.generation),
        refreshToken: await seal.open(row.refresh_token),
        accessToken: await seal.open(row.access_token),
        accessUntil: row.access_until.getTime(),
        refused: row.refused
      }
    },

    async emails() {
      const found = sql<{ email: string; refused: boolean }>`select email, refused from ${grants} order by email`
      return (await found.execute(db)).rows
    },

    async emailOfUser(zoomUserId) {
      const found = sql<{ email: string }>`select email from ${grants} where zoom_user_id = ${zoomUserId} limit 1`
      return (await found.execute(db)).rows[0]?.email ?? null
    },

    async connect(email, zoomUserId, tokens) {
      const refresh = await seal.seal(tokens.refreshToken)
      const access = await seal.seal(tokens.value)
      await sql`
        insert into ${grants} as known
          (email, zoom_user_id, generation, refresh_token, access_token, access_until, refused)
        values (${email}, ${zoomUserId}, 1, ${refresh}, ${access}, ${until(tokens)}, false)
        on conflict (email) do update set
          zoom_user_id = excluded.zoom_user_id, generation = known.generation + 1,
          refresh_token = excluded.refresh_token, access_token = excluded.access_token,
          access_until = excluded.access_until, refused = false, refreshing_by = null, refreshing_since = null`.execute(
        db
      )
    },

    async remove(email) {
      await sql`delete from ${grants} where email = ${email}`.execute(db)
    },

    async claim({ email, generation }) {
      const claimed = await sql`
        update ${grants} set refreshing_by = ${owner}, refreshing_since = now()
        where email = ${email} and generation = ${generation} and not refused
          and (refreshing_since is null or refreshing_since < now() - make_interval(secs => ${CLAIM_SECONDS}))`.execute(
        db
      )
      return claimed.numAffectedRows === 1n
    },

    async release({ email, generation }) {
      await sql`
        update ${grants} set refreshing_by = null, refreshing_since = null
        where email = ${email} and generation = ${generation} and refreshing_by = ${owner}`.execute(db)
    },

    async store({ email, generation }, tokens) {
      const refresh = await seal.seal(tokens.refreshToken)
      const access = await seal.seal(tokens.value)
      // By generation and not by owner: whoever got an answer has the one refresh token that is good.
      const stored = await sql`
        update ${grants} set
          generation = generation + 1, refresh_token = ${refresh}, access_token = ${access},
          access_until = ${until(tokens)}, refused = false, refreshing_by = null, refreshing_since = null
        where email = ${email} and generation = ${generation}`.execute(db)
      return stored.numAffectedRows === 1n
    },

    async refuse({ email, generation }) {
      const refused = await sql`
        update ${grants} set refused = true, refreshing_by = null, refreshing_since = null
        where email = ${email} and generation = ${generation}`.execute(db)
      return refused.numAffectedRows === 1n
    },

    async begin({ stateDigest, email, verifier, until: at }) {
      const sealed = await seal.seal(verifier)
      await sql`delete from ${begun} where until < now() - interval '1 day'`.execute(db)
      await sql`
        insert into ${begun} (state_digest, email, verifier, until)
        values (${stateDigest}, ${email}, ${sealed}, ${at})`.execute(db)
    },

    async finish(stateDigest) {
      const { rows } = await sql<{ email: string; verifier: string; until: Date }>`
        delete from ${begun} where state_digest = ${stateDigest} returning email, verifier, until`.execute(db)
      const [row] = rows
      if (row === undefined || row.until.getTime() <= now()) return null
      return { email: row.email, verifier: await seal.open(row.verifier) }
    }
  }
}
