/** When a screen was touched last, in any tab: a tab that nobody looks at is not left open by itself, nor covered under somebody's hands. */

const TOUCHED = 'fascia.touched';
/** How often the screens of this browser were covered; of a tab, how often when somebody showed who they are in it. */
const COVERS = 'fascia.covers';
/** Written down no oftener. */
const SELDOM_MS = 1_000;
const LOOK_MS = 1_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'] as const;

/** @returns nothing where this browser was never touched, or its storage was emptied */
const touchedAt = (): number | undefined => {
  const said = Number(localStorage.getItem(TOUCHED) ?? Number.NaN);
  return Number.isFinite(said) ? said : undefined;
};

export const touch = (): void => localStorage.setItem(TOUCHED, String(Date.now()));

/** A clock that was set back is no reason: the time is counted from the later of two. */
const isIdle = (limitMs: number): boolean => {
  const last = touchedAt();
  return last !== undefined && Date.now() - last > limitMs;
};

const covers = (): string => localStorage.getItem(COVERS) ?? '0';

/** Whoever has just shown who they are does not answer for what was covered before. */
export const beginTab = (): void => sessionStorage.setItem(COVERS, covers());

/** A tab that slept through it: whoever comes next has touched the screens since, so that the time alone does not tell. */
const sleptThrough = (): boolean => {
  const begun = sessionStorage.getItem(COVERS);
  return begun !== null && begun !== covers();
};

/** For all tabs of this browser; one that comes second covers no one who has signed in since. */
export const coverTabs = (): void => {
  if (!sleptThrough()) localStorage.setItem(COVERS, String(Number(covers()) + 1));
};

export const isToBeCovered = (limitMs: number): boolean => isIdle(limitMs) || sleptThrough();

/** @returns how to stop watching */
export const whenIdle = (limitMs: number, tell: () => void): (() => void) => {
  let last = 0;
  const touched = (): void => {
    const now = Date.now();
    if (Math.abs(now - last) < SELDOM_MS) return;
    last = now;
    // Whoever comes back too late finds it covered: their hand on the mouse does not open it.
    if (isToBeCovered(limitMs)) tell();
    else touch();
  };
  const look = (): void => {
    if (isToBeCovered(limitMs)) tell();
  };
  if (touchedAt() === undefined) touch();
  for (const what of TOUCHES) window.addEventListener(what, touched, { passive: true, capture: true });
  // After sleep timers come late: the clock is asked, not they.
  document.addEventListener('visibilitychange', look);
  const timer = setInterval(look, LOOK_MS);
  return () => {
    for (const what of TOUCHES) window.removeEventListener(what, touched, { capture: true });
    document.removeEventListener('visibilitychange', look);
    clearInterval(timer);
  };
};
