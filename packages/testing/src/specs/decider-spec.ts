import assert from 'node:assert/strict'

/** What the spec needs of a decider; `Decider` of the contracts fits. */
export interface SpecDecider<State, Command, Recorded, New, Refused> {
  initialState(): State
  evolve(state: State, event: Recorded): State
  decide(command: Command, state: State): readonly New[] | Refused
}

export interface DeciderOutcome<New, Refused> {
  /** What was decided, for assertions of the test's own. */
  readonly result: readonly New[] | Refused
  /** The decision is exactly these events, in this order. */
  then(expected: readonly New[]): void
  /** The decision is these events, in this order; only what is given of each is compared. */
  thenMatch(expected: readonly object[]): void
  /** Nothing happened: the command was valid and changed nothing. */
  thenNothing(): void
  /** The command was refused, with this code. */
  thenRefused(code: string): void
}

export interface DeciderGiven<Command, New, Refused> {
  when(command: Command): DeciderOutcome<New, Refused>
}

export interface DeciderSpec<State, Command, Recorded, New, Refused> {
  /** The aggregate's history. */
  given(history: readonly Recorded[]): DeciderGiven<Command, New, Refused>
  /** The state that a history leads to. */
  stateAfter(history: readonly Recorded[]): State
}

/** Given a history, when a command comes, then these events follow. Failures are assertion errors. */
export function deciderSpec<State, Command, Recorded, New, Refused>(
  decider: SpecDecider<State, Command, Recorded, New, Refused>
): DeciderSpec<State, Command, Recorded, New, Refused> {
  const stateAfter = (history: readonly Recorded[]): State =>
    history.reduce<State>((state, event) => decider.evolve(state, event), decider.initialState())
  return {
    stateAfter,
    given: (history) => ({
      when: (command) => outcome(decider.decide(command, stateAfter(history)))
    })
  }
}

function outcome<New, Refused>(result: readonly New[] | Refused): DeciderOutcome<New, Refused> {
  return {
    result,
    then: (expected) => assert.deepStrictEqual(events(result), [...expected]),
    thenMatch(expected) {
      const actual = events(result)
      assert.equal(
        actual.length,
        expected.length,
        `expected ${String(expected.length)} events, got ${describe(result)}`
      )
      assert.partialDeepStrictEqual(actual, expected)
    },
    thenNothing: () => assert.deepStrictEqual(events(result), []),
    thenRefused(code) {
      assert.ok(!Array.isArray(result), `expected the refusal ${code}, got ${describe(result)}`)
      assert.equal((result as { code?: unknown }).code, code)
    }
  }
}

function events<New, Refused>(result: readonly New[] | Refused): New[] {
  assert.ok(Array.isArray(result), `expected events, got ${describe(result)}`)
  return [...(result as readonly New[])]
}

function describe(result: unknown): string {
  return JSON.stringify(result, null, 2)
}
