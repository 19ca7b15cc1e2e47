import { CLAIMS, READER_ROLE } from '../database/row-policies.ts'

/** How a searched read model finds its rows. */
interface Searched {
  /** `gateway.<function>`. */
  readonly finder: string
  readonly table: string
  /** Which rows can be found at all, in Postgres' words over `s`. */
  readonly shown: string
  /** What of equally good rows comes first: newest. */
  readonly newest: string
  /** The column that says whose it is; the person where absent. */
  readonly lead?: string
}

/** The index over a row's search text. Its class comes from the extension, wherever that is installed. */
export const SEARCH_INDEX = { on: 'search gin_trgm_ops', using: 'gin' } as const

/**
 * A word that shares at least so much of its trigrams with another is taken for it, where nothing has what was typed:
 * one letter too few, too many or another in words of four letters and more.
 */
const SIMILAR_ENOUGH = 0.39

/**
 * The statements that make a read model searchable, for each new copy of its table.
 *
 * The policies of the rows would keep Postgres from using the index: what somebody may not see must not even be
 * compared by an operator that might tell. So a function of the owner finds the ids, under the same claims, and the
 * request reads the rows behind them as itself: the policies decide once more.
 */
export function searchable(searched: Searched): readonly string[] {
  const { finder } = searched
  return [
    EXTENSION,
    `do $make$
begin
  execute format($create$${finderSql(searched)}$create$,
    (select extnamespace::regnamespace::text from pg_extension where extname = 'pg_trgm'));
end
$make$`,
    `revoke execute on function ${finder}(text[], text[], boolean, integer) from public`,
    `grant execute on function ${finder}(text[], text[], boolean, integer) to ${READER_ROLE}`
  ]
}

/** Likeness costs some microseconds a row. */
const RANKED = 300

/** Of two sessions that make it at once one would fail. */
const EXTENSION = `do $extension$
begin
  perform pg_advisory_xact_lock(hashtextextended('leadlog.gateway/pg_trgm', 0));
  create extension if not exists pg_trgm;
exception
  when insufficient_privilege then
    raise exception 'The search needs the extension pg_trgm, which % may not make', current_user
      using errcode = 'insufficient_privilege', hint = 'As a superuser, in this database: create extension pg_trgm;';
end
$extension$`

/**
 * `patterns` must all be met. Where no row meets them and `similar` is asked for, words that are like them do; a term
 * whose word is empty has no like. Tables are named inside, so that a swap of them is followed.
 */
function finderSql({ finder, table, shown, newest, lead = 's.person_id' }: Searched): string {
  const mine = `(everything or ${lead} = any (own))`
  const rank = `case when most is null then 1 else
      coalesce((select avg(word_similarity(word, s.search)) from unnest(words) word where word <> ''), 1) end::real`
  /** What is common is ranked among the newest only; a filter of a list wants all, and no rank. */
  const candidates = (where: string): string =>
    `(select s.* from ${table} s where ${where} and ${shown} and ${mine}
      order by ${newest} desc limit case when most is null then null else greatest(most, ${RANKED}) end) s`
  const order = `order by 2 desc, ${newest} desc, s.id limit most`
  return `create or replace function ${finder}(patterns text[], words text[], "similar" boolean, most integer)
returns table (id text, rank real, exact boolean)
language plpgsql stable security definer
set search_path = pg_catalog, %s, pg_temp
set pg_trgm.word_similarity_threshold = ${SIMILAR_ENOUGH}
as $find$
#variable_conflict use_column
declare
  reads text := coalesce(current_setting('${CLAIMS.reads}', true), '');
  everything boolean := reads in ('all', 'admin');
  own text[] := case when reads = 'own' then gateway.own_leads() else '{}' end;
begin
  return query
    select s.id, ${rank}, true from ${candidates('s.search like patterns[1] and s.search like all (patterns)')}
    ${order};
  if found or not "similar" then return; end if;
  return query
    select s.id, ${rank}, false from ${candidates(`(s.search like patterns[1] or words[1] <%% s.search)
      and (select bool_and(s.search like term.pattern or term.word <%% s.search)
           from unnest(patterns, words) as term(pattern, word))`)}
    ${order};
end
$find$`
}
