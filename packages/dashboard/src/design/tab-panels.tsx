import { Tabs } from '@heroui/react'
import type { ReactNode } from 'react'

/** A tab and what it shows. */
export interface TabPanel {
  readonly id: string
  readonly word: string
  readonly panel: ReactNode
}

/** Tabs with their panels. The first is open, unless `selected` says which; then `onSelect` hears of a choice. */
export function TabPanels(props: {
  label: string
  tabs: readonly TabPanel[]
  selected?: string
  onSelect?: (id: string) => void
}) {
  const { label, tabs, selected, onSelect } = props
  return (
    <Tabs
      {...(selected === undefined ? { defaultSelectedKey: tabs[0]?.id ?? '' } : { selectedKey: selected })}
      onSelectionChange={(key) => onSelect?.(String(key))}
      variant="secondary"
      className="min-w-0"
    >
      <Tabs.ListContainer>
        <Tabs.List aria-label={label}>
          {/* HeroUI fades a tab below the pointer, to where it cannot be read well. */}
          {tabs.map(({ id, word }) => (
            <Tabs.Tab key={id} id={id} className="whitespace-nowrap opacity-100! hover:text-foreground max-sm:px-2.5">
              {word}
              <Tabs.Indicator />
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs.ListContainer>
      {tabs.map(({ id, panel }) => (
        <Tabs.Panel key={id} id={id} className="px-0 pt-4">
          {panel}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
