import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { Empty } from '../design/states.tsx'

export function NotFound() {
  return (
    <main>
      <h1 className="sr-only">There is no such page</h1>
      <Empty title="There is no such page" icon={Compass}>
        <Link to="/" className="font-medium text-link underline">
          Go to the overview
        </Link>
      </Empty>
    </main>
  )
}
