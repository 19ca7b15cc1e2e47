/** Whether a key press belongs to a field, a menu or a dialog. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, dialog, [role=dialog], [role=listbox], [role=menu]') !== null)
  )
}
