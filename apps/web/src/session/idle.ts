/** When a screen was touched last, in any tab: a tab that nobody looks at is not left open by itself, nor covered under somebody's hands. */

const TOUCHED = 'fascia.touched';
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
export const isIdle = (limitMs: number): boolean => {
  const last = touchedAt();
  return last !== undefined && Date.now() - last > limitMs;
};

/** @returns how to stop watching */
export const whenIdle = (limitMs: number, tell: () => void): (() => void) => {
  let last = 0;
  const touched = (): void => {
    const now = Date.now();
    if (Math.abs(now - last) < SELDOM_MS) return;
    last = now;
    // Whoever comes back too late finds it covered: their hand on the mouse does not open it.
    if (isIdle(limitMs)) tell();
    else touch();
  };
  const look = (): void => {
    if (isIdle(limitMs)) tell();
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
