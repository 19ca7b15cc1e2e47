/** Something the caller hears. */
export type Sound =
  | { readonly verb: 'say'; readonly text: string; readonly language: string; readonly voice: string | null }
  | { readonly verb: 'play'; readonly url: string }

/** One verb of an answer to Twilio, as far as the engine uses them. Addresses are named, not spelled out. */
export type Verb =
  | Sound
  | {
      readonly verb: 'gather'
      readonly sounds: readonly Sound[]
      readonly input: readonly ('dtmf' | 'speech')[]
      readonly language: string
      readonly timeoutSeconds: number
      readonly maxDigits: number
      readonly finishOnKey: string
      readonly hints: readonly string[]
    }
  | {
      readonly verb: 'dial'
      readonly numbers: readonly string[]
      readonly timeoutSeconds: number
      readonly record: boolean
      /** False: what follows the dial in this answer is what comes next. */
      readonly asksAfterwards: boolean
    }
  | {
      readonly verb: 'conference'
      readonly room: string
      readonly startOnEnter: boolean
      readonly endOnExit: boolean
    }
  | { readonly verb: 'record'; readonly maxSeconds: number; readonly timeoutSeconds: number }
  | { readonly verb: 'enqueue'; readonly queue: string }
  | { readonly verb: 'ask-again' }
  | { readonly verb: 'pause'; readonly seconds: number }
  | { readonly verb: 'leave' }
  | { readonly verb: 'hangup' }
