import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { contentHash } from './src/build/content-hash.ts'

/** The gateway that `vite` in development passes reads on to. */
const DEVELOPMENT_GATEWAY = 'http://127.0.0.1:8080'

/**
 * sonner puts its style sheet into the page by script, which the pages' policy refuses. The sheet is imported as a file
 * instead, and the insertion is taken out.
 */
function styleSheetOfSonner(): Plugin {
  return {
    name: 'leadlog:style-sheet-of-sonner',
    transform(code, id) {
      if (!/sonner\/dist\/index\.m?js/.test(id)) return null
      const without = code.replace(/^__insertCSS\(.*\);?$/m, '')
      if (without === code) this.error('sonner inserts its style sheet in another way; adapt vite.config.ts')
      return { code: without, map: null }
    }
  }
}

export default defineConfig({
  define: { __LEADLOG_BUILD__: JSON.stringify(contentHash(import.meta.dirname)) },
  plugins: [react(), tailwindcss(), styleSheetOfSonner()],
  build: {
    target: 'es2023',
    sourcemap: false,
    // Nothing may be inlined: the policy knows only files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'build-manifest.json',
    rolldownOptions: {
      input: ['index.html', 'src/service-worker/service-worker.ts'],
      output: {
        // A service worker governs what lies beneath its own address, so it stands at the root.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js')
      }
    }
  },
  server: { proxy: { '/v1': DEVELOPMENT_GATEWAY } }
})
