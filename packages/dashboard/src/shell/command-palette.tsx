import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Monitor, Moon, Sun, User } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from 'react'
import { plainRead } from '../api/queries.ts'
import { statusLook } from '../words/status.ts'
import { useAllowedScreens } from './allowed-screens.ts'
import { chooseTheme } from './theme.ts'

const FOUND_LEADS = 6

/** ⌘K: every screen, every lead, and what can be changed about the page. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const groups = useAllowedScreens()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const leads = useQuery({ ...plainRead('/v1/leads', { q: asked, limit: FOUND_LEADS }), enabled: asked.length > 1 })
  useEffect(() => dialog.current?.showModal(), [])
  const run = (action: () => void): void => {
    dialog.current?.close()
    action()
  }
  return (
    <dialog
      ref={dialog}
      aria-label="Search and commands"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
      className="mx-auto mt-[12vh] w-[36rem] max-w-[calc(100vw-2rem)] rounded-xl border border-border bg-overlay text-foreground shadow-overlay backdrop:bg-black/40"
    >
      <Command label="Search and commands" loop>
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Search leads and screens"
          className="h-12 w-full border-b border-border bg-transparent px-4 text-base outline-none placeholder:text-muted"
        />
        <Command.List className="max-h-[22rem] overflow-y-auto p-2">
          <Command.Empty className="px-3 py-8 text-center text-muted">Nothing found for “{text}”</Command.Empty>
          {leads.data !== undefined && asked.length > 1 && leads.data.data.length > 0 ? (
            <Group heading="Leads">
              {leads.data.data.map((lead) => (
                <Item
                  key={lead.id}
                  value={`${lead.name ?? ''} ${lead.email} ${lead.company ?? ''}`}
                  icon={<User aria-hidden size={15} />}
                  aside={statusLook('lead', lead.status).word}
                  onRun={() => run(() => void navigate({ to: '/leads/$id', params: { id: lead.id } }))}
                >
                  {lead.name ?? lead.email}
                  <span className="ml-2 text-muted">{lead.company ?? lead.email}</span>
                </Item>
              ))}
            </Group>
          ) : null}
          <Group heading="Go to">
            {groups
              .flatMap(({ screens }) => screens)
              .map(({ to, name, icon: Icon, key }) => (
                <Item
                  key={to}
                  value={name}
                  icon={<Icon aria-hidden size={15} />}
                  aside={`g ${key}`}
                  onRun={() => run(() => void navigate({ to: to as never }))}
                >
                  {name}
                </Item>
              ))}
          </Group>
          <Group heading="Theme">
            <Item
              value="Light theme"
              icon={<Sun aria-hidden size={15} />}
              onRun={() => run(() => chooseTheme('light'))}
            >
              Light
            </Item>
            <Item value="Dark theme" icon={<Moon aria-hidden size={15} />} onRun={() => run(() => chooseTheme('dark'))}>
              Dark
            </Item>
            <Item
              value="System theme"
              icon={<Monitor aria-hidden size={15} />}
              onRun={() => run(() => chooseTheme('system'))}
            >
              As the system
            </Item>
          </Group>
        </Command.List>
      </Command>
    </dialog>
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
