import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RowOf } from '../../../api/client.ts'
import { plainRead } from '../../../api/queries.ts'
import { Section } from '../../../design/page.tsx'
import { Loaded } from '../../../design/states.tsx'
import { Time } from '../../../design/time.tsx'
import { fieldWords } from '../../../words/fields.ts'
import { counted } from '../../../words/format.ts'
import { ReasonForm } from './reason-form.tsx'

type Version = RowOf<'/v1/field-mapping/versions'>

/** Every version: who made it, why, and what became another way. */
export function Versions(props: {
  current: number
  mayChange: boolean
  working: boolean
  onRollBack: (to: number, reason: string) => void
}) {
  const versions = useQuery(plainRead('/v1/field-mapping/versions'))
  return (
    <Section title="Versions">
      <Loaded read={versions}>
        {({ data }) => (
          <ol className="panel divide-y divide-separator">
            {data.map((version) => (
              <VersionRow key={version.version} version={version} {...props} />
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  )
}

function VersionRow(props: {
  version: Version
  current: number
  mayChange: boolean
  working: boolean
  onRollBack: (to: number, reason: string) => void
}) {
  const { version, current, mayChange, working, onRollBack } = props
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState(version.changes.length <= 4)
  const changes = shown ? version.changes : version.changes.slice(0, 0)
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="font-medium">
            Version {version.version}
            {version.version === current ? (
              <span className="ml-2 text-xs font-normal text-tone-success">in force</span>
            ) : null}
          </p>
          <p className="text-xs text-muted">
            <Time at={version.at} />, {version.reason === null ? 'from the configuration' : `by ${version.actor}`}
            {version.restores === null ? '' : `, as in version ${String(version.restores)}`}
          </p>
        </div>
        {mayChange && version.version !== current && !asking ? (
          <Button size="sm" variant="secondary" isDisabled={working} onPress={() => setAsking(true)}>
            Go back to version {version.version}
          </Button>
        ) : null}
      </div>
      {version.reason === null ? null : <p className="[overflow-wrap:anywhere]">{version.reason}</p>}
      {changes.length === 0 ? null : (
        <ul className="flex flex-col gap-1 text-xs">
          {changes.map(({ of, name, before, after }) => (
            <li key={`${of} ${name}`} className="[overflow-wrap:anywhere]">
              {fieldWords(name)}: <Place name={before} /> → <Place name={after} />
            </li>
          ))}
        </ul>
      )}
      {shown ? null : (
        <p>
          <button type="button" className="text-xs text-link hover:underline" onClick={() => setShown(true)}>
            Show {counted(version.changes.length, 'change')}
          </button>
        </p>
      )}
      {asking ? (
        <ReasonForm
          label={`Why go back to version ${String(version.version)}?`}
          word="Go back"
          working={working}
          onReason={(reason) => {
            setAsking(false)
            onRollBack(version.version, reason)
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </li>
  )
}

function Place({ name }: { name: string | null }) {
  return name === null ? <span className="text-muted">not written</span> : <span className="font-mono">{name}</span>
}
