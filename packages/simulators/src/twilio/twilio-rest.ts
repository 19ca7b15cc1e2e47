import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SimulatorClock } from '../clock.ts'
import type { Settings } from '../settings.ts'
import { bodyText, queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { emptyAnswer, jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { callProblem, newCall } from './new-call.ts'
import { messageProblem, newMessage } from './new-message.ts'
import { twilioError, twilioFailure } from './twilio-errors.ts'
import { isWithin, listAnswer } from './twilio-lists.ts'
import { API_VERSION, finalCallStatuses, showCall, showMessage } from './twilio-resources.ts'
import type { TwilioStore } from './twilio-store.ts'

export interface TwilioParts {
  accountSid: string
  authToken: string
  clock: SimulatorClock
  settings: Settings
  store: TwilioStore
  /** Requests that are being answered. */
  atWork: () => number
}

/** One request of the API. */
interface Call {
  path: string
  sid: string
  query: URLSearchParams
  form: URLSearchParams
}

/** Twilio's REST API of 2010 for one account. */
export const twilioRest = (parts: TwilioParts): Vendor => {
  const { accountSid, clock, settings, store } = parts
  const account = `/${API_VERSION}/Accounts/:account`
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${parts.authToken}`).toString('base64')}`)

  const isSignedIn = ({ headers }: FastifyRequest): boolean => {
    const given = Buffer.from(headers.authorization ?? '')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  const refuse = (request: FastifyRequest): VendorAnswer | undefined => {
    if (!isSignedIn(request)) return twilioError(20003)
    if (settings.twilioConcurrency !== null && parts.atWork() > settings.twilioConcurrency) return twilioError(20429)
    const { account } = request.params as { account?: string }
    return account === undefined || account === accountSid ? undefined : twilioError(20404)
  }

  const createCall = ({ form }: Call): VendorAnswer => {
    const problem = callProblem(form)
    if (problem !== undefined) return problem
    const made = { sid: store.nextSid('CA'), direction: 'outbound-api' as const, parentCallSid: null, at: clock.now() }
    const call = newCall(form, made)
    store.calls.save(call)
    return jsonAnswer(201, showCall(accountSid, call))
  }

  const listCalls = ({ path, query }: Call): VendorAnswer => {
    const wanted = ['To', 'From', 'Status', 'ParentCallSid'].map((name) => query.get(name))
    const found = store.calls
      .list()
      .filter(({ to, from, status, parentCallSid }) =>
        [to, from, status, parentCallSid].every((value, index) => wanted[index] === null || wanted[index] === value)
      )
      .filter(
        ({ startedAt, endedAt }) => isWithin(query, 'StartTime', startedAt) && isWithin(query, 'EndTime', endedAt)
      )
    return listAnswer(
      { path, name: 'calls', query },
      found.map((call) => ({ sid: call.sid, shown: showCall(accountSid, call) }))
    )
  }

  const getCall = ({ sid }: Call): VendorAnswer => {
    const call = store.calls.get(sid)
    return call === undefined ? twilioError(20404) : jsonAnswer(200, showCall(accountSid, call))
  }

  const updateCall = ({ sid, form }: Call): VendorAnswer => {
    const call = store.calls.get(sid)
    if (call === undefined) return twilioError(20404)
    if (finalCallStatuses.some((status) => status === call.status)) return twilioError(21220)
    const status = form.get('Status')
    if (status === 'completed' || status === 'canceled') {
      const ended = clock.now().toISOString()
      Object.assign(call, { status, updatedAt: ended, endedAt: ended, seconds: 0 })
      store.calls.save(call)
    }
    return jsonAnswer(200, showCall(accountSid, call))
  }

  const createMessage = ({ form }: Call): VendorAnswer => {
    const problem = messageProblem(form, store)
    if (problem !== undefined) return problem
    const message = newMessage(form, { sid: store.nextSid('SM'), at: clock.now() })
    store.messages.save(message)
    return jsonAnswer(201, showMessage(accountSid, message))
  }

  const listMessages = ({ path, query }: Call): VendorAnswer => {
    const [to, from] = [query.get('To'), query.get('From')]
    const found = store.messages
      .list()
      .filter((message) => (to === null || message.to === to) && (from === null || message.from === from))
      .filter(({ sentAt }) => isWithin(query, 'DateSent', sentAt))
    return listAnswer(
      { path, name: 'messages', query },
      found.map((message) => ({ sid: message.sid, shown: showMessage(accountSid, message) }))
    )
  }

  const getMessage = ({ sid }: Call): VendorAnswer => {
    const message = store.messages.get(sid)
    return message === undefined ? twilioError(20404) : jsonAnswer(200, showMessage(accountSid, message))
  }

  const deleteMessage = ({ sid }: Call): VendorAnswer => {
    if (store.messages.get(sid) === undefined) return twilioError(20404)
    store.messages.remove(sid)
    return emptyAnswer(204)
  }

  const routes = (app: FastifyInstance): void => {
    app.addHook('preHandler', async (request, reply) => {
      const refusal = refuse(request)
      if (refusal !== undefined) return sendAnswer(reply, refusal)
    })
    const on = (method: 'GET' | 'POST' | 'DELETE', path: string, answer: (call: Call) => VendorAnswer): void => {
      app.route({
        method,
        url: `${account}${path}`,
        handler: (request, reply) => {
          const { sid = '' } = request.params as { sid?: string }
          const called = request.url.split('?')[0]?.slice('/twilio'.length) ?? ''
          const form = new URLSearchParams(bodyText(request))
          return sendAnswer(reply, answer({ path: called, sid, query: queryOf(request), form }))
        }
      })
    }
    on('POST', '/Calls.json', createCall)
    on('GET', '/Calls.json', listCalls)
    on('GET', '/Calls/:sid.json', getCall)
    on('POST', '/Calls/:sid.json', updateCall)
    on('POST', '/Messages.json', createMessage)
    on('GET', '/Messages.json', listMessages)
    on('GET', '/Messages/:sid.json', getMessage)
    on('DELETE', '/Messages/:sid.json', deleteMessage)
  }

  return { name: 'twilio', routes, failure: ({ code }) => twilioFailure(code) }
}
