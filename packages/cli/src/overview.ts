import { paragraph, twoColumns } from './declaration/verb-help.ts'
import type { VerbEntry } from './declaration/verb.ts'
import { exitCodeMeanings } from './exit-codes.ts'
import type { Style } from './output/style.ts'

/** What `leadlog help` shows. */
export function overview(verbs: readonly VerbEntry[], style: Style): string {
  return [
    `${style.bold('leadlog')}: follow, trace, replay, rebuild, repair`,
    `${style.bold('usage')}\n  leadlog <verb> [options] [arguments]`,
    `${style.bold('verbs')}\n${twoColumns(
      verbs.map(({ name, summary }) => [name, summary]),
      style.width
    )}`,
    paragraph(
      'A running local system is found by itself. Another one is named by NATS_URL, DATABASE_URL, REDIS_URL, LEADLOG_MASTER_KEY and NATS_PREFIX, the variables of its services (any of them as <NAME>_FILE too).',
      style.width
    ),
    paragraph(
      'leadlog <verb> --help has options and examples; --json gives JSON; leadlog help exit-codes the exit codes.',
      style.width
    )
  ].join('\n\n')
}

/** What `leadlog projections` shows. */
export function groupHelp(name: string, entries: readonly VerbEntry[], style: Style): string {
  return [
    `${style.bold(`leadlog ${name}`)}`,
    twoColumns(
      entries.map((entry) => [entry.name, entry.summary]),
      style.width
    ),
    `leadlog ${name} <verb> --help has options and examples.`
  ].join('\n\n')
}

export function exitCodeTable(style: Style): string {
  return `${style.bold('exit codes')}\n${twoColumns(Object.entries(exitCodeMeanings), style.width)}`
}
