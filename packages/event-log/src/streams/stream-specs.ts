import { DiscardPolicy, RetentionPolicy, StorageType, StoreCompression, type StreamConfig } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type { Naming } from '../naming.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The server's default; a repeat after it is caught by the expected sequence. */
const DUPLICATE_WINDOW_MS = 2 * MINUTE_MS

/** A dead letter whose message could not be terminated comes again after the ack wait; few messages, so a long window is cheap. */
const DEAD_LETTER_DUPLICATE_WINDOW_MS = HOUR_MS

/** Longer than any message waits. */
const ATTEMPTS_MAX_AGE_MS = 30 * DAY_MS

/** What varies between installations. */
export interface StreamOptions {
  /** Copies of every message; 3 in a cluster. */
  readonly replicas: number
  /** How long raw webhooks are kept. */
  readonly ingestMaxAgeMs: number
}

export const DEFAULT_INGEST_MAX_AGE_MS = 90 * DAY_MS

/** One stream as the code wants it, in logical names. */
export interface StreamSpec {
  readonly name: string
  readonly subjects: readonly string[]
  readonly description: string
  /** 0 keeps for ever. */
  readonly maxAgeMs: number
  readonly duplicateWindowMs: number
  readonly memory?: boolean
  /** History that nobody may delete from or purge. */
  readonly permanent?: boolean
  /** Holds messages that the server publishes later. */
  readonly schedules?: boolean
  /** Keeps only the newest message of each subject. */
  readonly newestOnly?: boolean
  /** Subjects are the server's own (`$JS.…`) and carry no prefix. */
  readonly serverSubjects?: boolean
}

/** Every stream of the system, by lifetime and durability. */
export function streamSpecs(options: StreamOptions, naming: Naming): readonly StreamSpec[] {
  const window = DUPLICATE_WINDOW_MS
  const specs: readonly StreamSpec[] = [
    {
      name: 'INGEST',
      subjects: ['in.>'],
      description: 'Raw, verified, encrypted webhooks: one message per webhook',
      maxAgeMs: options.ingestMaxAgeMs,
      duplicateWindowMs: window
    },
    {
      name: 'EVENTS',
      subjects: ['evt.>'],
      description: 'Domain events: the subject is the aggregate',
      maxAgeMs: 0,
      duplicateWindowMs: window,
      permanent: true
    },
    {
      name: 'COMMANDS',
      subjects: ['cmd.>', 'done.>'],
      description: 'What someone asked a service to do, and what became of it',
      maxAgeMs: 14 * DAY_MS,
      duplicateWindowMs: window
    },
    {
      name: 'REPLIES',
      subjects: ['reply.>'],
      description: 'Outcomes of commands, for whoever waits',
      maxAgeMs: 5 * MINUTE_MS,
      duplicateWindowMs: window,
      memory: true
    },
    {
      name: 'TIMERS',
      subjects: ['timer.>', 'due.>'],
      description: 'Scheduled messages and those that came due',
      maxAgeMs: 0,
      duplicateWindowMs: window,
      schedules: true
    },
    {
      name: 'DEAD_LETTERS',
      subjects: ['dead.>', 'retry.>'],
      description: 'What a handler gave up on, and every failed attempt before',
      maxAgeMs: 90 * DAY_MS,
      duplicateWindowMs: DEAD_LETTER_DUPLICATE_WINDOW_MS
    }
  ]
  // Nobody consumes it, so the server has nothing to advise about it.
  const attempts: StreamSpec = {
    name: 'ATTEMPTS',
    subjects: ['attempts.>'],
    description: 'How many attempts each message that failed has used up, and how often it was put off',
    maxAgeMs: ATTEMPTS_MAX_AGE_MS,
    duplicateWindowMs: window,
    newestOnly: true
  }
  return [...specs, attempts, advisories(specs, naming)]
}

function advisories(watched: readonly StreamSpec[], naming: Naming): StreamSpec {
  return {
    name: 'ADVISORIES',
    subjects: watched.flatMap((spec) =>
      ['MAX_DELIVERIES', 'MSG_TERMINATED'].map(
        (kind) => `$JS.EVENT.ADVISORY.CONSUMER.${kind}.${naming.stream(spec.name)}.*`
      )
    ),
    description: 'The server gave up on a message or a handler terminated it: safety net for crashed workers',
    maxAgeMs: 7 * DAY_MS,
    duplicateWindowMs: DUPLICATE_WINDOW_MS,
    serverSubjects: true
  }
}

/** The fields of a stream's configuration that the code decides; the others are left to the server. */
export type WantedStreamConfig = Pick<
  StreamConfig,
  | 'name'
  | 'subjects'
  | 'description'
  | 'retention'
  | 'storage'
  | 'num_replicas'
  | 'max_age'
  | 'max_msgs'
  | 'max_bytes'
  | 'max_msgs_per_subject'
  | 'max_msg_size'
  | 'discard'
  | 'duplicate_window'
  | 'deny_delete'
  | 'deny_purge'
  | 'allow_direct'
  | 'compression'
> & {
  allow_atomic: boolean
  allow_msg_schedules: boolean
  allow_msg_ttl: boolean
}

export function streamConfig(spec: StreamSpec, options: StreamOptions, naming: Naming): WantedStreamConfig {
  return {
    name: naming.stream(spec.name),
    subjects: spec.subjects.map((subject) => (spec.serverSubjects ? subject : naming.subject(subject))),
    description: spec.description,
    retention: RetentionPolicy.Limits,
    storage: spec.memory ? StorageType.Memory : StorageType.File,
    num_replicas: options.replicas,
    max_age: nanos(spec.maxAgeMs),
    max_msgs: -1,
    max_bytes: -1,
    max_msgs_per_subject: spec.newestOnly ? 1 : -1,
    max_msg_size: -1,
    discard: DiscardPolicy.Old,
    duplicate_window: nanos(spec.duplicateWindowMs),
    deny_delete: spec.permanent ?? false,
    deny_purge: spec.permanent ?? false,
    allow_direct: true,
    compression: StoreCompression.None,
    allow_atomic: !spec.serverSubjects,
    allow_msg_schedules: spec.schedules ?? false,
    allow_msg_ttl: spec.schedules ?? false
  }
}
