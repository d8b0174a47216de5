/** Looks now and again until it is stopped; one look at a time. */
export interface Looking {
  /** Resolves when no look is going on. */
  stop(): Promise<void>;
}

export const lookAgain = (
  everyMs: number,
  look: () => Promise<void>,
  failed: (error: unknown) => void,
): Looking => {
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const next = (): void => {
    timer = setTimeout(() => {
      looking = look()
        .catch(failed)
        .finally(() => {
          if (!stopped) next();
        });
    }, everyMs).unref();
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
};
