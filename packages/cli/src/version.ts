import manifest from '../package.json' with { type: 'json' }

/** The release this CLI belongs to. */
export const version: string = manifest.version
