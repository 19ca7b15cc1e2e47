import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The gateway that `vite` in development passes reads on to. */
const DEVELOPMENT_GATEWAY = 'http://127.0.0.1:8080'

export default defineConfig({
  // Where the gateway serves it.
  base: '/zoom-panel/',
  plugins: [react(), tailwindcss()],
  build: {
    target: 'es2023',
    sourcemap: false,
    // Nothing may be inlined: the policy knows only files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'build-manifest.json'
  },
  server: { proxy: { '/v1': DEVELOPMENT_GATEWAY } }
})
