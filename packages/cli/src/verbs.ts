import { REBUILD_NODE_ARGS } from '@leadlog/projections/node-args'
import type { VerbEntry } from './declaration/verb.ts'

/**
 * Every verb, in the order of the help. A verb's file is only loaded when the verb runs, so that the CLI starts at once
 * whatever its verbs need. See CONTRIBUTING.md, "Add a verb".
 */
export const verbs: readonly VerbEntry[] = [
  {
    name: 'help',
    summary: 'shows every verb, the help of one, or the exit codes',
    load: () => import('./verbs/help.ts')
  },
  {
    name: 'status',
    summary: 'says how the system is: services, streams, backlog, read models, dead letters, ledger',
    load: () => import('./verbs/status.ts')
  },
  {
    name: 'ledger',
    summary: 'shows that nothing is lost: what was received by day, what became of it, every gap',
    load: () => import('./verbs/ledger.ts')
  },
  {
    name: 'budgets',
    summary: "says how much of each vendor's limits is used, what waits, and when it is done",
    load: () => import('./verbs/budgets.ts')
  },
  {
    name: 'reconcile',
    summary: 'compares what a provider lists with what came as webhooks, and fetches what was lost',
    load: () => import('./verbs/reconcile.ts')
  },
  {
    name: 'migrations list',
    summary: 'lists the migrations of the database, and whether they are those of this release',
    load: () => import('./verbs/migrations/list.ts')
  },
  {
    name: 'migrations down',
    summary: 'takes the newest migration of a schema back, for an older release',
    load: () => import('./verbs/migrations/down.ts')
  },
  {
    name: 'streams list',
    summary: 'lists the streams with what they hold',
    load: () => import('./verbs/streams/list.ts')
  },
  {
    name: 'streams diff',
    summary: 'compares the streams on the server with what the code wants',
    load: () => import('./verbs/streams/diff.ts')
  },
  {
    name: 'streams apply',
    summary: 'makes missing streams and mends those that differ',
    load: () => import('./verbs/streams/apply.ts')
  },
  {
    name: 'events tail',
    summary: 'follows events as they happen',
    load: () => import('./verbs/events/tail.ts')
  },
  {
    name: 'events show',
    summary: 'shows one event with its envelope and data',
    load: () => import('./verbs/events/show.ts')
  },
  {
    name: 'events find',
    summary: 'finds events by id, idempotency key, person, CRM record, type or time',
    load: () => import('./verbs/events/find.ts')
  },
  {
    name: 'events graph',
    summary: 'shows which service emits and reads which event',
    load: () => import('./verbs/events/graph.ts')
  },
  {
    name: 'trace',
    summary: 'shows causes and effects over all services, or where a field of the CRM comes from',
    load: () => import('./verbs/trace.ts')
  },
  {
    name: 'projections list',
    summary: 'lists the read models: where they stand and what is beside them',
    load: () => import('./verbs/projections/list.ts')
  },
  {
    name: 'projections rebuild',
    summary: 'builds read models anew beside the live ones; Ctrl-C pauses',
    nodeArgs: REBUILD_NODE_ARGS,
    load: () => import('./verbs/projections/rebuild.ts')
  },
  {
    name: 'projections cancel',
    summary: 'removes a table that is being built',
    load: () => import('./verbs/projections/cancel.ts')
  },
  {
    name: 'projections compare',
    summary: 'compares a rebuilt table with the live one, row by row',
    load: () => import('./verbs/projections/compare.ts')
  },
  {
    name: 'projections swap',
    summary: 'puts a rebuilt table in place of the live one',
    load: () => import('./verbs/projections/swap.ts')
  },
  {
    name: 'projections rollback',
    summary: 'goes back to the table before the last swap',
    load: () => import('./verbs/projections/rollback.ts')
  },
  {
    name: 'projections discard',
    summary: 'drops the table that is kept for a rollback',
    load: () => import('./verbs/projections/discard.ts')
  },
  {
    name: 'projections as-of',
    summary: 'shows rows as they were at a time or sequence',
    load: () => import('./verbs/projections/as-of.ts')
  },
  {
    name: 'projections diff',
    summary: 'shows what differs between two moments, or between live and rebuilt',
    load: () => import('./verbs/projections/diff.ts')
  },
  {
    name: 'projections parked list',
    summary: 'lists rows that stand still at an event that could not be applied',
    load: () => import('./verbs/projections/parked/list.ts')
  },
  {
    name: 'projections parked retry',
    summary: 'applies the waiting events of rows that stand still',
    load: () => import('./verbs/projections/parked/retry.ts')
  },
  {
    name: 'projections parked discard',
    summary: 'gives up the waiting events of a row',
    load: () => import('./verbs/projections/parked/discard.ts')
  },
  {
    name: 'dead-letters list',
    summary: 'lists what handlers gave up on, by kind of failure',
    load: () => import('./verbs/dead-letters/list.ts')
  },
  {
    name: 'dead-letters show',
    summary: 'shows one dead letter: why, what was done about it, its message',
    load: () => import('./verbs/dead-letters/show.ts')
  },
  {
    name: 'dead-letters retry',
    summary: 'gives messages to their handler again: some, or a group as a canary',
    load: () => import('./verbs/dead-letters/retry.ts')
  },
  {
    name: 'dead-letters discard',
    summary: 'closes dead letters that are not to be handled, for a reason',
    load: () => import('./verbs/dead-letters/discard.ts')
  },
  {
    name: 'replay',
    summary: 'shows what handling messages again would do, and which effects are there already',
    load: () => import('./verbs/replay.ts')
  },
  {
    name: 'export',
    summary: 'writes events as CloudEvents, one JSON line each',
    load: () => import('./verbs/export.ts')
  },
  {
    name: 'freeze',
    summary: 'freezes events as tests: what handlers knew and did, with made-up persons',
    load: () => import('./verbs/freeze.ts')
  },
  {
    name: 'bundle create',
    summary: 'packs an incident into one file without personal data, to be handled again elsewhere',
    load: () => import('./verbs/bundle/create.ts')
  },
  {
    name: 'bundle open',
    summary: 'shows an incident bundle and handles its events again, offline',
    load: () => import('./verbs/bundle/open.ts')
  },
  {
    name: 'load',
    summary: 'sends signed sample webhooks or generated load (development)',
    load: () => import('./verbs/load.ts')
  },
  {
    name: 'serve',
    summary: 'runs services in this process',
    load: () => import('./verbs/serve.ts')
  },
  {
    name: 'flags list',
    summary: 'lists the switches of the services and what they switch',
    load: () => import('./verbs/flags/list.ts')
  },
  {
    name: 'completion',
    summary: 'prints the script by which a shell completes verbs and options',
    load: () => import('./verbs/completion.ts')
  },
  {
    name: 'whatif run',
    summary: 'tries another reader, model, prompt or mapping on the past, with no side effect',
    load: () => import('./verbs/whatif/run.ts')
  },
  { name: 'whatif list', summary: 'the what-ifs that were run', load: () => import('./verbs/whatif/list.ts') },
  {
    name: 'whatif show',
    summary: 'what a what-if found, record by record: is, would be, evidence',
    load: () => import('./verbs/whatif/show.ts')
  },
  {
    name: 'whatif apply',
    summary: 'puts what a what-if found into force for the leads you name',
    load: () => import('./verbs/whatif/apply.ts')
  },
  { name: 'whatif remove', summary: 'forgets a what-if', load: () => import('./verbs/whatif/remove.ts') },
  { name: 'whatif prompt', summary: 'prints a prompt in force', load: () => import('./verbs/whatif/prompt.ts') },
  {
    name: 'erase',
    summary: 'erases a person with proof; without --yes only shows what would become unreadable',
    load: () => import('./verbs/erase.ts')
  },
  {
    name: 'secrets list',
    summary: 'shows which secrets the services run with, where they come from and how old they are',
    load: () => import('./verbs/secrets/list.ts')
  },
  {
    name: 'secrets rotate',
    summary: 'wraps every encryption key with the new master key, while the services run',
    load: () => import('./verbs/secrets/rotate.ts')
  },
  {
    name: 'backup create',
    summary: 'backs up streams, tables and, apart from them, the encryption keys',
    load: () => import('./verbs/backup/create.ts')
  },
  {
    name: 'backup keys',
    summary: 'backs up the encryption keys alone, after an erasure',
    load: () => import('./verbs/backup/keys.ts')
  },
  { name: 'backup list', summary: 'lists the backups', load: () => import('./verbs/backup/list.ts') },
  {
    name: 'archive create',
    summary: 'writes old webhooks and events to monthly files, sealed as they are; removes nothing',
    load: () => import('./verbs/archive/create.ts')
  },
  { name: 'archive list', summary: 'lists what the archive holds', load: () => import('./verbs/archive/list.ts') },
  {
    name: 'archive verify',
    summary: 'reads the whole archive and proves that it is as it was written',
    load: () => import('./verbs/archive/verify.ts')
  },
  {
    name: 'archive show',
    summary: 'shows one event as the archive holds it',
    load: () => import('./verbs/archive/show.ts')
  },
  {
    name: 'restore',
    summary: 'restores a backup into empty servers',
    load: () => import('./verbs/restore.ts')
  },
  {
    name: 'verify',
    summary: 'proves that a backup is whole, and with --drill that it can be restored',
    load: () => import('./verbs/verify.ts')
  }
]
