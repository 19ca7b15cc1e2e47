import { applyTheme } from '@leadlog/dashboard/theme'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './api/panel.ts'
import { forgetOldNotes } from './notes/kept-notes.ts'
import { Panel } from './screens/panel.tsx'
import './styles.css'

applyTheme()
forgetOldNotes(localStorage)
const place = document.getElementById('root')
if (place === null) throw new Error('The page has no place for the panel')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Panel />
    </QueryClientProvider>
  </StrictMode>
)
