// First: a browser whose language Intl refuses breaks whatever asks Intl while it is loaded.
import '#renderer/look/locale.ts';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import 'uplot/dist/uPlot.min.css';
import '#renderer/look/tokens.css';
import '#renderer/look/base.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { App } from '#renderer/app.tsx';
import { openLive } from '#renderer/live.ts';
import { resolveVariables, theme } from '#renderer/look/theme.ts';
import { ErrorBoundary } from '#renderer/parts/error-boundary.tsx';
import { LiveContext } from '#renderer/use-live.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// The scroll lock under every dialog writes a style of its own and takes its nonce from here.
Object.assign(globalThis, { __webpack_nonce__: nonce });

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no place for the page.');

createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      getStyleNonce={() => nonce}
      defaultColorScheme="auto"
    >
      <ErrorBoundary>
        <LiveContext value={openLive()}>
          <Router hook={useHashLocation}>
            <App />
          </Router>
        </LiveContext>
      </ErrorBoundary>
    </MantineProvider>
  </StrictMode>,
);
