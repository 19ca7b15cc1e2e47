import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { CalendarDays, Monitor, Moon, Phone, Sun, User, type LucideIcon } from 'lucide-react'
import { useDeferredValue, useEffect, useState, type ReactNode } from 'react'
import type { RowOf } from '../api/client.ts'
import { plainRead } from '../api/queries.ts'
import { Marked } from '../design/marked.tsx'
import { useModal } from '../design/modal.ts'
import { statusLook } from '../words/status.ts'
import { useAllowedScreens } from './allowed-screens.ts'
import { chooseTheme, type Theme } from './theme.ts'

type Hit = RowOf<'/v1/search'>

const MOST_HITS = 8
const HITS: readonly { kind: Hit['kind']; heading: string; icon: LucideIcon }[] = [
  { kind: 'lead', heading: 'Leads', icon: User },
  { kind: 'meeting', heading: 'Meetings', icon: CalendarDays },
  { kind: 'call', heading: 'Calls', icon: Phone }
]
const THEMES: readonly { theme: Theme; name: string; icon: LucideIcon }[] = [
  { theme: 'light', name: 'Light', icon: Sun },
  { theme: 'dark', name: 'Dark', icon: Moon },
  { theme: 'system', name: 'As the system', icon: Monitor }
]

/** ⌘K: every screen, every lead, meeting and call, and what can be changed about the page. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const groups = useAllowedScreens()
  const dialog = useModal()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useQuery({
    ...plainRead('/v1/search', { q: asked, limit: MOST_HITS }),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData
  })
  const hits = asked.length > 1 ? (found.data?.data ?? []) : []
  const screens = fittingOf(
    asked,
    'Go to',
    groups.flatMap((group) => group.screens).map(({ key, ...screen }) => ({ ...screen, aside: `g ${key}` }))
  )
  const themes = fittingOf(asked, 'Theme', THEMES)
  const first = hits[0]?.id ?? (screens[0] && `Go to ${screens[0].name}`) ?? (themes[0] && `Theme ${themes[0].name}`)
  const [chosen, setChosen] = useState('')
  useEffect(() => setChosen(first ?? ''), [first])
  const run = (action: () => void): void => {
    dialog.close()
    action()
  }
  return (
    <dialog
      ref={dialog.ref}
      aria-label="Search and commands"
      onClose={onClose}
      onClick={dialog.closeBeside}
      className="mx-auto mt-[12vh] w-[36rem] max-w-[calc(100vw-2rem)] rounded-xl border border-border bg-overlay text-foreground shadow-overlay backdrop:bg-black/40"
    >
      <Command label="Search and commands" loop shouldFilter={false} value={chosen} onValueChange={setChosen}>
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Search leads and screens: name, company, phone"
          className="h-12 w-full border-b border-border bg-transparent px-4 text-base outline-none placeholder:text-muted"
        />
        <Command.List className="max-h-[22rem] overflow-y-auto p-2">
          {HITS.map(({ kind, heading, icon: Icon }) => {
            const ofKind = hits.filter((hit) => hit.kind === kind)
            if (ofKind.length === 0) return null
            return (
              <Group
                key={kind}
                heading={ofKind.every(({ exact }) => exact) ? heading : `Similar ${heading.toLowerCase()}`}
              >
                {ofKind.map((hit) => (
                  <Item
                    key={hit.id}
                    value={hit.id}
                    icon={<Icon aria-hidden size={15} />}
                    aside={statusLook(kind, hit.status).word}
                    onRun={() => run(() => void navigate({ to: `/${kind}s/$id`, params: { id: hit.id } }))}
                  >
                    <HitText hit={hit} />
                  </Item>
                ))}
              </Group>
            )
          })}
          <Choices
            heading="Go to"
            choices={screens}
            onRun={({ to }) => run(() => void navigate({ to: to as never }))}
          />
          <Choices heading="Theme" choices={themes} onRun={({ theme }) => run(() => chooseTheme(theme))} />
          {first === undefined ? (
            <Command.Item disabled value="nothing" className="px-3 py-8 text-center text-muted">
              {found.isFetching ? 'Searching' : `Nothing found for “${text}”`}
            </Command.Item>
          ) : null}
        </Command.List>
      </Command>
    </dialog>
  )
}

/** What was found, with the place that made it be found where that is not in its title. */
function HitText({ hit }: { hit: Hit }) {
  const title = hit.highlights.find(({ text }) => text === hit.title)
  const further = hit.highlights.find(({ text }) => text !== hit.title)
  return (
    <>
      {title === undefined ? hit.title : <Marked {...title} />}{' '}
      <span className="ml-1 text-muted">
        {title === undefined && further !== undefined ? <Marked {...further} /> : hit.detail}
      </span>
    </>
  )
}

interface Choice {
  readonly name: string
  readonly icon: LucideIcon
  readonly aside?: string
}

/** Those whose name or group has what was typed. */
function fittingOf<C extends Choice>(typed: string, heading: string, choices: readonly C[]): C[] {
  return choices.filter(({ name }) => `${heading} ${name}`.toLowerCase().includes(typed.toLowerCase()))
}

function Choices<C extends Choice>(props: { heading: string; choices: readonly C[]; onRun: (choice: C) => void }) {
  const { heading, choices, onRun } = props
  if (choices.length === 0) return null
  return (
    <Group heading={heading}>
      {choices.map((choice) => (
        <Item
          key={choice.name}
          value={`${heading} ${choice.name}`}
          icon={<choice.icon aria-hidden size={15} />}
          {...(choice.aside === undefined ? {} : { aside: choice.aside })}
          onRun={() => onRun(choice)}
        >
          {choice.name}
        </Item>
      ))}
    </Group>
  )
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  )
}

function Item(props: { value: string; icon: ReactNode; aside?: string; onRun: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={props.value}
      onSelect={props.onRun}
      className="flex h-9 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm data-[selected=true]:bg-default"
    >
      <span className="text-muted">{props.icon}</span>
      <span className="min-w-0 flex-1 truncate">{props.children}</span>
      {props.aside === undefined ? null : <span className="text-xs text-muted">{props.aside}</span>}
    </Command.Item>
  )
}
