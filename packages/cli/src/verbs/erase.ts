import { writeFileSync } from 'node:fs'
import type { Certificate, ErasurePlan } from '@leadlog/erasure'
import { number, text } from '../declaration/option.ts'
import { argument, defineVerb } from '../declaration/verb.ts'
import { notFound } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'
import { OPERATOR } from '../operator.ts'
import { counted } from '../output/quantity.ts'

export const verb = defineVerb({
  description:
    'Destroys the key of the person, erases their raw webhooks, empties the read models, has the CRM record and its notes deleted, cleans the files of Postgres, and searches everything for what identified them. The certificate says what was done and found; it names the person by a keyed hash only. An erasure that was interrupted goes on when the verb runs again.',
  arguments: {
    who: argument(
      'e-mail address, lead id, person id, or phone number with its country’s code: the calls with it that are no lead’s'
    )
  },
  options: {
    reason: text('kept with the erasure: a ticket, nothing personal', { placeholder: '<text>' }),
    certificate: text('where the certificate is written; erasure-<id>.json by default', { placeholder: '<path>' }),
    crmWaitSeconds: number('how long the outcome of the CRM is waited for', { min: 0, max: 3_600, default: 60 })
  },
  dangerous: true,
  examples: [
    ['leadlog erase ada@example.com', 'shows what would become unreadable; changes nothing'],
    ['leadlog erase "+1 415 555 0142"', 'the same for somebody of whom only the phone number is known'],
    ['leadlog erase ada@example.com --reason "request 4711" --yes', 'erases and writes the certificate']
  ],
  exitCodes: {
    3: 'nothing is held of that person',
    1: 'something of the person is left, or the outcome of the CRM is pending; the certificate says where'
  },
  async run(context, { who, reason, certificate: file, crmWaitSeconds }) {
    const { erasePerson, findPerson, planErasure } = await import('@leadlog/erasure')
    const keyring = await context.connect.keyring()
    const parts = {
      log: await context.connect.openLog(),
      keyring,
      pool: await context.connect.pool(),
      signal: context.signal
    }
    const whom = findPerson(keyring, who)
    if (!context.yes) {
      const plan = await planErasure(parts, whom)
      if (isUnknown(plan))
        throw notFound(`Nothing is held of that person: no key, no event, no row. Check what you gave`)
      return { value: { dryRun: true, ...shown(plan) }, text: () => planText(plan) }
    }
    const { plan, certificate } = await erasePerson(parts, {
      ...whom,
      reason: reason ?? '',
      actor: OPERATOR,
      now: context.now,
      crmWaitMs: crmWaitSeconds * 1_000,
      onProgress: (step) => context.out.note(`${step} …`)
    })
    const path = file ?? `erasure-${certificate.erasureId}.json`
    writeFileSync(path, `${JSON.stringify(certificate, null, 2)}\n`)
    const left = leftOver(certificate)
    return {
      value: { dryRun: false, ...shown(plan), certificate },
      text: () => [`Erased. The certificate is in ${path}.`, ...left].join('\n'),
      exitCode: left.length > 0 ? exitCodes.failed : exitCodes.ok
    }
  }
})

function isUnknown(plan: ErasurePlan): boolean {
  const { keyState, eventsByType, rowsByTable, rawWebhooks, messages, mentionedElsewhere, recordings } = plan
  const numbers = [...Object.values(eventsByType), ...Object.values(rowsByTable)]
  const listed = [rawWebhooks, messages, mentionedElsewhere, recordings]
  return keyState === 'none' && numbers.every((one) => one === 0) && listed.every(({ length }) => length === 0)
}

function shown(plan: ErasurePlan) {
  const { personId, keyState, eventsByType, rowsByTable, rawWebhooks, messages, mentionedElsewhere, crm } = plan
  const { furtherKeys, leadsOfNumber, traces } = plan
  const calls = traces.callIds.length
  const invoices = traces.invoiceIds.length
  const stripeCustomers = traces.stripeCustomerIds
  const reached = {
    eventsByType,
    rowsByTable,
    recordings: plan.recordings,
    rawWebhooks,
    messages,
    mentionedElsewhere,
    crm
  }
  return { personId, keyState, furtherKeys, leadsOfNumber, calls, invoices, stripeCustomers, ...reached }
}

function planText(plan: ErasurePlan): string {
  const counts = (record: Readonly<Record<string, number>>) =>
    Object.entries(record).map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`)
  return [
    `Person ${plan.personId}, key ${plan.keyState}. Nothing was changed; --yes erases.`,
    'Events that become unreadable:',
    ...counts(plan.eventsByType),
    'Rows that go:',
    ...counts(plan.rowsByTable),
    `Calls that become unreadable: ${String(plan.traces.callIds.length)}`,
    ...(plan.furtherKeys.length === 0 ? [] : [`With the keys of ${counted(plan.furtherKeys.length, 'phone number')}`]),
    ...plan.leadsOfNumber.map(
      (lead) => `The number is that of lead ${lead}, whose calls stay: erase the lead for them`
    ),
    `Recordings that are removed: ${String(plan.recordings.length)}`,
    ...plan.recordings.map(({ recordingId, of }) => `  ${recordingId}, of ${of}`),
    ...(plan.traces.invoiceIds.length === 0
      ? []
      : [
          `Invoices that lose their customer's name: ${String(plan.traces.invoiceIds.length)}. Where the law wants them kept with it, save their PDFs first.`,
          `Customers at Stripe that are deleted: ${plan.traces.stripeCustomerIds.length === 0 ? 'none that the log knows' : plan.traces.stripeCustomerIds.join(', ')}`
        ]),
    `Raw webhooks that are erased: ${String(plan.rawWebhooks.length)}`,
    `Other messages that are erased: ${String(plan.messages.length)}`,
    `CRM records that are deleted: ${plan.crm.crmIds.length === 0 ? 'none' : `${plan.crm.module} ${plan.crm.crmIds.join(', ')}`}, with ${counted(plan.crm.notes, 'note')}`,
    `Events of other people that mention them and stay: ${String(plan.mentionedElsewhere.length)}`,
    'Backups of the bucket KEYS and of Postgres keep what they hold for as long as they are kept.'
  ].join('\n')
}

/** What a person still has to see to. */
function leftOver({ findings }: Certificate): string[] {
  return [
    ...findings.searches.flatMap(({ place, found }) =>
      found > 0 ? [`Still found ${String(found)} times: ${place}`] : []
    ),
    ...findings.postgres.flatMap(({ step, done, reason }) => (done ? [] : [`Not done: ${step} (${reason})`])),
    ...(findings.crm.outcome === 'pending'
      ? ['The CRM has not answered yet: run the verb again, or see its dead letters.']
      : []),
    ...(findings.recordings !== undefined && findings.recordings.deleted < findings.recordings.found
      ? ['Not all recordings are removed yet: see that telephony and meetings run. Nobody can open them any more.']
      : []),
    ...(findings.keyDestroyed ? [] : ['The key is still there.'])
  ]
}
