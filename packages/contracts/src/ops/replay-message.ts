import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { Attempt } from './attempt.ts'

const Name = Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9-]+$' })

/** Gives a handler of the service a message of its stream once more. */
export function replayMessage(service: string) {
  return defineCommand({
    service,
    name: 'ReplayMessage',
    description: `Gives a handler of ${service} a message that it had before. What it recorded and sent then is found and not repeated.`,
    data: Type.Object(
      {
        handler: Name,
        stream: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Z_]+$' }),
        sequence: Type.Integer({ minimum: 1 }),
        repeatEffects: Type.Array(Name, {
          maxItems: 10,
          description: 'effects on the outside to be made once more, by the names that the handler gives them'
        })
      },
      { additionalProperties: false }
    ),
    result: Attempt,
    refusals: {
      OPS_HANDLER_UNKNOWN: 'the service has no such handler of that stream',
      OPS_EFFECT_UNKNOWN: 'the handler cannot repeat an effect of that name',
      OPS_SWITCHED_OFF: 'what the handler does is switched off by a flag',
      OPS_MESSAGE_GONE: 'the message is past the retention of its stream',
      OPS_MESSAGE_NOT_TAKEN: 'the handler takes no events of that type'
    }
  })
}
