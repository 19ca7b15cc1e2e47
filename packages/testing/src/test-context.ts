/** What the fixtures need of a tap test; pass the file's `t` or a subtest's. */
export interface TestContext {
  teardown(handler: () => unknown): void
}
