import { servePeer } from './serve-peer.ts'

servePeer(async () => ({
  put: async () => false,
  count: async () => null,
  close: async () => undefined
}))
