/**
 * Enter in an open list of choices takes the one that is marked, and never sends the form around the list. Mantine 9.7.3 counts the
 * options in a timer: where that is late, it has forgotten which one is marked, and the form is sent with what was chosen before.
 */
const OPEN_LIST = '[role="combobox"][aria-expanded="true"]';

const onEnter = (event: KeyboardEvent): void => {
  if (event.key !== 'Enter' || event.isComposing) return;
  if (!(event.target instanceof Element) || !event.target.matches(OPEN_LIST)) return;
  event.preventDefault();
  const list = document.getElementById(event.target.getAttribute('aria-controls') ?? '');
  const marked = list?.querySelector<HTMLElement>('[data-combobox-selected]');
  if (marked === null || marked === undefined) return;
  event.stopPropagation();
  marked.click();
};

/** Before anything in the page hears the key. */
export const watchOpenLists = (): void => document.addEventListener('keydown', onEnter, { capture: true });
