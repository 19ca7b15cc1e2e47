/** The Node that runs Leadlog. Its npm package carries the binary, one package per platform. */
export const NODE_VERSION = '24.21.0'

/** The oldest Node 24 whose type stripping needs no flag and prints no warning. */
const OLDEST_NODE_24_MINOR = 12

export function runsLeadlog(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  return major === 24 && minor >= OLDEST_NODE_24_MINOR
}
