export { FrozenError, type FrozenErrorCode } from './errors.ts'
export {
  FROZEN_FORMAT,
  FrozenConfiguration,
  FrozenEvent,
  type FrozenEffect,
  type FrozenHandling
} from './frozen-event.ts'
export { frozenText, parseFrozen } from './frozen-file.ts'
export { frozenHandlers } from './replay/frozen-handlers.ts'
export { replayFrozen, type Replayed } from './replay/replay-frozen.ts'
export { freezeEvents, type FreezeOptions, type Frozen, type LeftOut } from './freeze/freeze-events.ts'
export type { LogReader } from './freeze/log-reader.ts'
export {
  BUNDLE_FORMAT,
  openBundle,
  packBundle,
  type Bundle,
  type BundleManifest,
  type OpenedBundle
} from './bundle/bundle.ts'
