export interface ContainerRequest {
  image: string
  port: number
  scheme: string
  command: string[]
  environment?: Record<string, string>
  /** Placed before the host: `user:password@`. */
  credentials?: string
  /** Placed after the port: `/database`. */
  path?: string
}

/** Starts a container and gives its URL; the engine's own reaper removes it after the process. */
export async function containerUrl(request: ContainerRequest): Promise<string> {
  // Loaded only where an engine answers: it is large.
  const { GenericContainer, Wait } = await import('testcontainers')
  const container = await new GenericContainer(request.image)
    .withExposedPorts(request.port)
    .withEnvironment(request.environment ?? {})
    .withCommand(request.command)
    .withWaitStrategy(Wait.forListeningPorts())
    .start()
  const host = `${container.getHost()}:${String(container.getMappedPort(request.port))}`
  return `${request.scheme}://${request.credentials ?? ''}${host}${request.path ?? ''}`
}
