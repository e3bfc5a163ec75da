import { defineConfig } from '@playwright/test';
import type { HostOption } from './test/e2e/fixture.ts';
import { findChromium } from './tools/chromium.ts';
import { electronRuntime } from './tools/electron-runtime.ts';

const { source: _source, channel, ...launchOptions } = findChromium();

export default defineConfig<HostOption>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1, // two cores: a second whole workstation would only slow the first
  // A hang, not a slow machine.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  use: {
    locale: 'en-US', // under LANG=C.UTF-8 Chromium reports en-US@posix, which Intl refuses
    hasTouch: true,
    viewport: { width: 1920, height: 1080 },
    trace: 'retain-on-failure',
    launchOptions,
    ...(channel === undefined ? {} : { channel }),
  },
  projects: [
    { name: 'browser-host', use: { host: 'browser-host' }, testIgnore: 'window.spec.ts' },
    { name: 'stand-in', use: { host: 'stand-in' }, testMatch: ['workstation.spec.ts', 'window.spec.ts'] },
    ...(electronRuntime() === undefined
      ? []
      : [{ name: 'electron', use: { host: 'electron' as const }, testMatch: 'workstation.spec.ts' }]),
  ],
});
