import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { CatchBoundary, RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { AGAIN_MS, mayGoWell, maySucceedLater, waitFor } from './api/problem.js';
import { BrokenAlone } from './app/Trouble.js';
import { watchOpenLists } from './app/open-lists.js';
import { router } from './app/router.js';
import { theme, variables } from './app/theme.js';
import { Loading } from './parts/states.js';
import { IdleLock } from './session/IdleLock.js';
import { SignedIn } from './session/SignedIn.js';
import { loadWords } from './words/words.js';

/** Of the answer that brought this page: the policy lets no other style in. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// Of the scroll lock of dialogs, which brings a style of its own.
setNonce(nonce);

/** Also without a connection it is tried, and said that there is none. */
const patience = { retry: mayGoWell, retryDelay: waitFor, networkMode: 'always' } as const;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      ...patience,
      refetchInterval: ({ state: { error } }) =>
        error !== null && maySucceedLater(error) ? AGAIN_MS : false,
    },
    mutations: patience,
  },
});

const show = async (): Promise<void> => {
  const direction = await loadWords();
  const root = document.querySelector('#root');
  if (root === null) return;
  watchOpenLists();
  createRoot(root).render(
    <StrictMode>
      <DirectionProvider initialDirection={direction} detectDirection={false}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={variables}
          defaultColorScheme="auto"
          getStyleNonce={() => nonce}
        >
          <QueryClientProvider client={queries}>
            <SignedIn>
              <CatchBoundary getResetKey={() => 'the whole page'} errorComponent={BrokenAlone}>
                <Suspense fallback={<Loading />}>
                  <IdleLock>
                    <RouterProvider router={router} />
                  </IdleLock>
                </Suspense>
              </CatchBoundary>
            </SignedIn>
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </StrictMode>,
  );
};

void show();
