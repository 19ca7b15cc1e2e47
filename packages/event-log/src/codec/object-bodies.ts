import type { NatsConnection } from '@nats-io/transport-node'
import { Objm, type ObjectStore } from '@nats-io/obj'
import { StorageType } from '@nats-io/jetstream'
import { unavailable } from '../errors.ts'
import type { Naming } from '../naming.ts'
import type { BodyStore } from './body-store.ts'

/** The object store for what is too large for a message; its bucket is made at first use. */
export function createObjectBodies(connection: NatsConnection, naming: Naming, replicas: number): BodyStore {
  let opening: Promise<ObjectStore> | undefined
  const store = async (): Promise<ObjectStore> => {
    opening ??= new Objm(connection).create(naming.bucket('OBJECTS'), {
      storage: StorageType.File,
      replicas,
      description: 'Bodies above 512 KiB, sealed by whoever puts them here'
    })
    try {
      return await opening
    } catch (error) {
      opening = undefined
      throw error
    }
  }
  const reach = async <T>(name: string, work: (objects: ObjectStore) => Promise<T>): Promise<T> => {
    try {
      return await work(await store())
    } catch (error) {
      throw unavailable(`The object store cannot be reached for "${name}": ${String(error)}`, error)
    }
  }
  return {
    async put(name, bytes) {
      await reach(name, (objects) => objects.putBlob({ name }, bytes))
    },
    get: (name) => reach(name, (objects) => objects.getBlob(name))
  }
}
