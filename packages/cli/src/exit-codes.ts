/** What the exit code of every verb means; `leadlog help exit-codes` and docs/operators.md show this list. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  cannotConnect: 5,
  notConfigured: 6,
  interrupted: 130
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'done; for a check: nothing needs a person',
  1: 'failed; for a check: something needs a person',
  2: 'the command line is wrong',
  3: 'what was asked for does not exist',
  4: 'refused: it needs --yes, or the state of the system forbids it',
  5: 'NATS, Postgres or a service cannot be reached',
  6: 'a setting is missing or wrong',
  130: 'stopped by Ctrl-C'
}
