import { FlagSwitched, newEvent, refuse, type Decider, type FlagName } from '@leadlog/contracts'
import { isFlagOn } from '@leadlog/service'

/** Somebody wants a capability on or off, and says why. */
export interface SwitchFlag {
  readonly flag: FlagName
  readonly on: boolean
  readonly reason: string
}

/** Whether the flag is on. */
export const flagDecider: Decider<boolean, SwitchFlag> = {
  initialState: () => isFlagOn([]),
  evolve: (on, event) => isFlagOn([event], on),
  decide({ flag, on, reason }, isOn) {
    const [from, to] = [wordOf(isOn), wordOf(on)]
    // Whoever wants it so is told that somebody did it before, for a reason of their own.
    if (from === to) return refuse('FLAG_SAME', `${flag} is ${to} already; see who switched it, and why`)
    return [newEvent(FlagSwitched, flag, { flag, from, to, reason: reason.trim() })]
  }
}

function wordOf(on: boolean): 'on' | 'off' {
  return on ? 'on' : 'off'
}
