/**
 * The role that requests read as. It owns nothing, may only select, and sees no row without a claim: whoever forgets to
 * say for whom a read is gets an empty answer, never somebody else's rows.
 */
export const READER_ROLE = 'leadlog_reader'

/** The claims of a transaction, as Postgres settings. Absent or empty means: nothing may be read. */
export const CLAIMS = {
  /** `own`, `all` or `admin`. */
  reads: 'leadlog.reads',
  /** Address of a user who reads `own`, lower case. */
  email: 'leadlog.email'
} as const

const READS = `current_setting('${CLAIMS.reads}', true)`
const READS_ALL = `(select ${READS} in ('all', 'admin'))`
const READS_OWN = `(select ${READS} = 'own')`

/** Which rows of a read model a request may see: the statements for each new copy of its table. */
export type RowPolicy = (table: string) => readonly string[]

/**
 * The rows of leads that the user owns; all rows for who reads all. The subselects stand alone, so that Postgres asks
 * them once for a query and not for each row; the leads are a set to look into, however many somebody has.
 *
 * @param column holds the lead's id
 */
export function ownLeadsOnly(column: string): RowPolicy {
  return (table) =>
    protect(table, `${READS_ALL} or (${READS_OWN} and ${column} in (select unnest(gateway.own_leads())))`)
}

/**
 * As {@link ownLeadsOnly}; what belongs to a call is its lead's, to whom the call may have come later.
 *
 * @param others hold the id of a text message, with which it is the same, and of an invoice, whose lead need not be who pays
 */
export function ownLeadsAndCallsOnly(
  lead: string,
  call: string,
  { message, invoice }: { readonly message?: string; readonly invoice?: string } = {}
): RowPolicy {
  const of = (column: string | undefined, own: string): string =>
    column === undefined ? '' : `when ${column} is not null then ${column} in (select unnest(gateway.${own}()))`
  return (table) =>
    protect(
      table,
      `${READS_ALL} or (${READS_OWN} and case
         ${of(call, 'own_calls')}
         ${of(message, 'own_messages')}
         ${of(invoice, 'own_invoices')}
         else ${lead} in (select unnest(gateway.own_leads())) end)`
    )
}

/** The rows of calls that belong to the user's leads. @param calls holds the ids of calls, any of which will do */
export function ownCallsOnly(calls: string): RowPolicy {
  return (table) => protect(table, `${READS_ALL} or (${READS_OWN} and ${calls} && (select gateway.own_calls()))`)
}

/** The rows of invoices of the user's leads, whoever paid them. @param invoice holds the id of the invoice */
export function ownInvoicesOnly(invoice: string): RowPolicy {
  return (table) =>
    protect(table, `${READS_ALL} or (${READS_OWN} and ${invoice} in (select unnest(gateway.own_invoices())))`)
}

/** Whose leads are whose: users find their own entries, which is how the rows of other tables are decided. */
export const ownersOnly: RowPolicy = (table) =>
  protect(
    table,
    `${READS_ALL} or (${READS_OWN} and owners @> array[nullif(current_setting('${CLAIMS.email}', true), '')])`
  )

/** Rows for those who read all: the operators' view. */
export const allReadersOnly: RowPolicy = (table) => protect(table, READS_ALL)

/** Rows that belong to nobody, and are needed to tell of what one may see. */
export const everyReader: RowPolicy = (table) => protect(table, `${READS_ALL} or ${READS_OWN}`)

/** Rows that say who may do what. */
export const adminsOnly: RowPolicy = (table) => protect(table, `(select ${READS} = 'admin')`)

/**
 * Policies hang on a table, not on its name: a rebuilt copy brings its own, and swapping names moves them along. Forced,
 * so that the owner's rights come from a policy that can be seen and not from a rule of Postgres.
 */
function protect(table: string, readable: string): readonly string[] {
  return [
    PREPARE,
    `grant select on ${table} to ${READER_ROLE}`,
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy projections_write on ${table} for all to current_user using (true) with check (true)`,
    `create policy requests_read on ${table} for select to ${READER_ROLE} using (${readable})`
  ]
}

/**
 * Makes the role and the function that policies name, once. The function looks for the table by its name each time:
 * a policy that named it would hold on to the old copy after a swap.
 */
const PREPARE = `do $prepare$
begin
  perform pg_advisory_xact_lock(hashtextextended('leadlog.gateway/row-policies', 0));
  begin
    if not exists (select from pg_roles where rolname = '${READER_ROLE}') then
      create role ${READER_ROLE} nologin noinherit;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) and not exists (
      select from pg_auth_members m
      where m.roleid = '${READER_ROLE}'::regrole and m.member = current_user::regrole
        and coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)
    ) then
      execute format('grant ${READER_ROLE} to %I', current_user);
    end if;
  exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
      raise exception 'The gateway reads as the role ${READER_ROLE}, which % may not make', current_user
        using errcode = 'insufficient_privilege',
          hint = format('As a superuser: create role ${READER_ROLE} nologin noinherit; grant ${READER_ROLE} to %I;', current_user);
  end;
  grant usage on schema gateway to ${READER_ROLE};
  create or replace function gateway.own_leads() returns text[] language plpgsql stable
  set search_path = pg_catalog, pg_temp as $own$
  begin
    return coalesce(
      (select array_agg(id) from gateway.lead_owners
       where owners @> array[nullif(current_setting('${CLAIMS.email}', true), '')]),
      '{}'
    );
  end
  $own$;
  create or replace function gateway.own_calls() returns text[] language plpgsql stable
  set search_path = pg_catalog, pg_temp as $own$
  begin
    return coalesce((select array_agg(id) from gateway.calls where lead_id = any (gateway.own_leads())), '{}');
  end
  $own$;
  create or replace function gateway.own_messages() returns text[] language plpgsql stable
  set search_path = pg_catalog, pg_temp as $own$
  begin
    return coalesce((select array_agg(id) from gateway.sms_messages where lead_id = any (gateway.own_leads())), '{}');
  end
  $own$;
  create or replace function gateway.own_invoices() returns text[] language plpgsql stable
  set search_path = pg_catalog, pg_temp as $own$
  begin
    return coalesce((select array_agg(id) from gateway.invoices where lead_id = any (gateway.own_leads())), '{}');
  end
  $own$;
end
$prepare$`
