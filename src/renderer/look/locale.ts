/**
 * Under `LANG=C.UTF-8` Chromium reports `en-US@posix`, which Intl refuses, and uPlot asks Intl while it is being
 * loaded. This runs before everything else and gives such a browser a language that Intl knows.
 */
function languageIsKnown(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}

if (!languageIsKnown(navigator.language)) {
  Object.defineProperty(navigator, 'language', { configurable: true, get: () => 'en-US' });
}
