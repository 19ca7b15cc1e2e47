import type { Utterance } from '../twilio-resources.ts'

export const SAMPLE_RATE = 8_000

const PITCH = { caller: 190, app: 150, agent: 120 } as const
const SYLLABLE_SECONDS = 0.18
const CHARACTERS_A_SECOND = 15
const LOUDNESS = 9_000

/**
 * Something that sounds like people talking: for each utterance syllables of a tone and its overtones, at the pitch of whoever
 * speaks; silence between. One channel for each list of speakers.
 */
export const speechTones = (
  seconds: number,
  said: readonly Utterance[],
  channels: readonly (readonly Utterance['who'][])[]
): Int16Array[] => {
  const length = Math.max(1, Math.round(seconds * SAMPLE_RATE))
  return channels.map((speakers) => {
    const samples = new Int16Array(length)
    for (const { second, who, text } of said) {
      if (!speakers.includes(who)) continue
      const from = Math.round(second * SAMPLE_RATE)
      const to = Math.min(length, from + Math.ceil((text.length / CHARACTERS_A_SECOND) * SAMPLE_RATE))
      for (let at = Math.max(0, from); at < to; at += 1) {
        const time = at / SAMPLE_RATE
        const syllable = Math.floor((at - from) / SAMPLE_RATE / SYLLABLE_SECONDS)
        const pitch = PITCH[who] * (1 + ((syllable * 7) % 5) / 20)
        const shape = Math.sin((Math.PI * ((at - from) / SAMPLE_RATE)) / SYLLABLE_SECONDS) ** 2
        const wave = Math.sin(2 * Math.PI * pitch * time) + 0.5 * Math.sin(4 * Math.PI * pitch * time)
        samples[at] = Math.round(LOUDNESS * shape * wave)
      }
    }
    return samples
  })
}
