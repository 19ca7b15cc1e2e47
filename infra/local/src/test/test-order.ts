import type { TestKind } from './test-files.ts'

/** Seconds that a file of a kind takes, by and large, on two cores. */
const USUAL_SECONDS: Readonly<Record<TestKind, number>> = { unit: 1, integration: 4, e2e: 40 }

/** Seconds of files that take much longer, by a part of their path. A wrong number costs time and nothing else. */
const LONG: Readonly<Record<string, number>> = {
  'tests/src/chaos.e2e': 130,
  'tests/src/sample-day.e2e': 100,
  'tests/src/dashboard/acceptance.e2e': 90,
  'tests/src/reconciliation.e2e': 60,
  'crm-sync/src/crm-sync-objects.int': 40,
  'crm-sync/src/crm-sync.int': 40,
  'backup/src/failures.int': 40,
  'observability/src/rules.int': 30,
  'crm-sync/src/crm-sync-tasks.int': 20,
  'backup/src/backup.int': 20,
  'store/s3-store.int': 20,
  'start/system.int': 15,
  'follow-up/follow-up-tasks.int': 12,
  'crm-sync/src/crm-objects.int': 12,
  'reconciliation/reconciliation.int': 12,
  'verbs/backup/backup.int': 12,
  'rules/lead-intel/lead-intel-by-rules': 8,
  'rules/meddic/meddic-by-rules': 6,
  'telephony/src/transfer/transfer.int': 30,
  'telephony/src/dial/dial.int': 20,
  'telephony/src/sms/sms.int': 15,
  'telephony/src/polling/polling.int': 10,
  'telephony/src/recording/recordings.int': 10,
  'enrichment/src/model/answer': 5
}

/**
 * The order in which files are started: of each kind the longest first, so that no long one is left when the others are
 * done; and the kinds mixed in proportion to what they take, so that what waits for servers shares the cores all the
 * time with what computes, and whole systems do not all run at once.
 */
export function inOrder(files: readonly string[], kindOf: (file: string) => TestKind): string[] {
  const byKind = Map.groupBy(files, kindOf)
  const placed = [...byKind.values()].flatMap((ofKind) => {
    const total = ofKind.reduce((sum, file) => sum + secondsOf(file, kindOf), 0)
    let before = 0
    return ofKind
      .map((file) => ({ file, seconds: secondsOf(file, kindOf) }))
      .sort((a, b) => b.seconds - a.seconds || (a.file < b.file ? -1 : 1))
      .map(({ file, seconds }) => {
        const place = { file, seconds, share: before / total }
        before += seconds
        return place
      })
  })
  return placed
    .sort((a, b) => a.share - b.share || b.seconds - a.seconds || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file)
}

function secondsOf(file: string, kindOf: (file: string) => TestKind): number {
  const long = Object.entries(LONG).find(([part]) => file.includes(part))
  return long?.[1] ?? USUAL_SECONDS[kindOf(file)]
}
