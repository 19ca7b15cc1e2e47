import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { services } from '@leadlog/local/services'
import type { LocalSystem } from '@leadlog/local/system'
import type { BenchContext } from '../core/bench-context.ts'
import { serviceNamed, startLeadlogProgram } from '../core/leadlog-program.ts'
import type { Check, Figure, Outcome } from '../core/outcome.ts'
import { cpuSeconds } from '../core/process-figures.ts'
import { quantile } from '../core/statistics.ts'
import { startWholeSystem } from '../core/whole-system.ts'
import { startWorker } from '../core/worker.ts'
import { urlOf } from '../flow/flow-window.ts'
import { askingFlow } from './calls-flow.ts'
import type { CallsRequests, CallsResult } from './calls-requests.ts'
import { giveCommand } from './gateway-command.ts'
import { sendBeside, type MessagesSent } from './messages-beside.ts'

const CALLS = 50
const STEPS = 10
/** A caller hears a sentence before the next key: two seconds on the average. */
const LISTENING = { fromMs: 1_000, toMs: 3_000 }
const QUICK_LISTENING = { fromMs: 100, toMs: 300 }
const OUR_NUMBER = '+16465550100'
/** What product.md asks of TwiML with so many calls. */
const ANSWER_AIM_MS = 50
const IDLE_MS = 10_000
const SMS_PER_SECOND = 10
/** One number sends all, at any time of day. */
const SMS_SETTINGS = { TELEPHONY_SMS_PER_SECOND_PER_NUMBER: String(SMS_PER_SECOND), TELEPHONY_QUIET_HOURS: 'none' }
/** Amid the calls. */
const KILL_AFTER_MS = 8_000
const QUICK_KILL_AFTER_MS = 1_000

/** Calls at the same time through the whole system; then again, with the process that answers them killed amid them. */
export async function compareCalls(context: BenchContext): Promise<Outcome> {
  const { folder, quick, rounds, say, teardown } = context
  const system = await startWholeSystem(folder, context.stopping, { settings: SMS_SETTINGS })
  teardown.add(() => system.stop())
  const telephony = serviceNamed(services, 'telephony')
  const publicUrl = urlOf(system, 'telephony')
  // As in production: more than one answers, under one name.
  const second = await startLeadlogProgram({
    service: telephony,
    environment: { ...system.environment, PUBLIC_URL: publicUrl },
    folder,
    teardown
  })
  await publishFlow(system)
  const callers = startWorker<CallsRequests>(path.join(import.meta.dirname, 'callers.worker.ts'), teardown)
  await delay(quick ? 1_000 : IDLE_MS)
  const pause = quick ? QUICK_LISTENING : LISTENING
  const call = (seed: string, addresses: readonly string[]): Promise<CallsResult> =>
    callers.call('call', {
      publicUrl,
      addresses,
      ingest: urlOf(system, 'ingest'),
      authToken: system.environment['TWILIO_AUTH_TOKEN'] ?? '',
      accountSid: system.environment['TWILIO_ACCOUNT_SID'] ?? '',
      to: OUR_NUMBER,
      calls: CALLS,
      pause,
      seed
    })

  const beside = {
    gateway: urlOf(system, 'gateway'),
    apiKey: system.apiKey,
    simulators: urlOf(system, 'simulators'),
    from: OUR_NUMBER,
    perSecond: SMS_PER_SECOND
  }
  const calm: CallsResult[] = []
  const messages: MessagesSent[] = []
  const cpuMs: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const before = cpuSeconds(system.pid('telephony') ?? 0)
    const sending = sendBeside(beside, round)
    const result = await call(`calm ${round} ${Date.now()}`, [publicUrl])
    const used = ((cpuSeconds(system.pid('telephony') ?? 0) - before) * 1_000) / result.answers.length
    messages.push(await sending.stop())
    if (round > 0) {
      calm.push(result)
      cpuMs.push(used)
    }
    say(`  ${round === 0 ? 'warm-up' : `round ${round}`}  ${describe(result)}`)
  }

  const killed: CallsResult[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const sending = sendBeside(beside, rounds + round)
    const calls = call(`killed ${round} ${Date.now()}`, [publicUrl, second.url])
    await delay(quick ? QUICK_KILL_AFTER_MS : KILL_AFTER_MS)
    const pid = system.pid('telephony')
    if (pid === undefined) throw new Error('telephony does not run')
    process.kill(pid, 'SIGKILL')
    const result = await calls
    messages.push(await sending.stop())
    killed.push(result)
    say(`  killed ${round}  ${describe(result)}`)
  }

  return {
    name: 'calls',
    title: 'Fifty calls at the same time',
    settings: {
      load: `${CALLS} callers at the same time, ${STEPS} questions each, who listen ${pause.fromMs / 1_000} to ${pause.toMs / 1_000} s before each key`,
      beside: `${SMS_PER_SECOND} text messages a second are asked for through the gateway and go out`,
      time: 'from the question of Twilio to the last byte of TwiML, signature and log included',
      system:
        'as `npm start` runs it: every service a process, NATS with sync_interval always; a second telephony for the kill'
    },
    figures: [
      ...[0.5, 0.99, 1].map((share): Figure => ({
        name: share === 1 ? 'question to TwiML, longest' : `question to TwiML, p${share * 100}`,
        unit: 'ms',
        samples: calm.map(({ answers }) => quantile(answers, share)),
        ...(share === 0.99 ? { atMost: ANSWER_AIM_MS } : {})
      })),
      {
        name: 'first question of a call to TwiML, p50',
        unit: 'ms',
        samples: calm.map(({ firstAnswers }) => quantile(firstAnswers, 0.5))
      },
      {
        name: 'question to TwiML while a process is killed, p99',
        unit: 'ms',
        samples: killed.map(({ answers }) => quantile(answers, 0.99))
      },
      { name: 'processor time of telephony for one question, messages included', unit: 'ms', samples: cpuMs }
    ],
    ratios: [],
    checks: [allFinish(calm), noneDropped(killed), eachSentOnce(messages)]
  }
}

async function publishFlow(system: LocalSystem): Promise<void> {
  const gateway = { gateway: urlOf(system, 'gateway'), apiKey: system.apiKey }
  const flowId = 'fifty-calls'
  const document = askingFlow(STEPS)
  const { draft } = await giveCommand(gateway, 'telephony/SaveFlow', { flowId, name: 'Fifty calls', document })
  await giveCommand(gateway, 'telephony/PublishFlow', { flowId, draft })
  await giveCommand(gateway, 'telephony/AssignNumber', { number: OUR_NUMBER, flowId })
}

function allFinish(results: readonly CallsResult[]): Check {
  const finished = results.reduce((sum, result) => sum + result.finished, 0)
  const expected = results.length * CALLS
  const problems = results.flatMap(({ problems }) => problems)
  const detail = [`${finished} of ${expected} calls`, ...problems].join('; ')
  return { name: 'every call goes through its flow to the end', ok: finished === expected, detail }
}

function noneDropped(results: readonly CallsResult[]): Check {
  const sum = (of: (result: CallsResult) => number): number => results.reduce((total, result) => total + of(result), 0)
  const [finished, fellBack, dropped] = [
    sum((result) => result.finished),
    sum((result) => result.fellBack),
    sum((result) => result.dropped)
  ]
  const problems = results.flatMap(({ problems }) => problems)
  return {
    name: 'no call is lost when the process that answers it is killed',
    ok: dropped === 0 && finished + fellBack === results.length * CALLS,
    detail: [`${finished} to the end, ${fellBack} to the fallback, ${dropped} dropped`, ...problems].join('; ')
  }
}

function eachSentOnce(windows: readonly MessagesSent[]): Check {
  const sum = (of: (window: MessagesSent) => number): number => windows.reduce((total, window) => total + of(window), 0)
  const [asked, sent, twice] = [sum(({ asked }) => asked), sum(({ sent }) => sent), sum(({ twice }) => twice)]
  return {
    name: 'every text message is sent once, also when the process that sends is killed',
    ok: sent === asked && twice === 0,
    detail: `${asked} asked for, ${sent} sent, ${twice} of them more than once`
  }
}

function describe({ answers, finished, fellBack, dropped, toFallback }: CallsResult): string {
  const ms = (share: number): string => `${quantile(answers, share).toFixed(1)} ms`
  return (
    `${answers.length} questions, p50 ${ms(0.5)}, p99 ${ms(0.99)}, longest ${ms(1)}; ` +
    `${finished} to the end, ${fellBack} to the fallback, ${dropped} dropped, ${toFallback} asked the fallback`
  )
}
