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
    name: 'secrets list',
    summary: 'shows which secrets the services run with, where they come from and how old they are',
    load: () => import('./verbs/secrets/list.ts')
  },
  {
    name: 'secrets rotate',
    summary: 'wraps every encryption key with the new master key, while the services run',
    load: () => import('./verbs/secrets/rotate.ts')
  }
]
