import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Greys between the light background and the dark surface of hmi.md §9.2, for what Mantine draws itself. */
const GREY: MantineColorsTuple = [
  '#ecedef',
  '#d9dbde',
  '#c3c7cc',
  '#a9afb7',
  '#8d96a3',
  '#6b7480',
  '#4a525c',
  '#363c44',
  '#2b3036',
  '#1b1f24',
];

/** Mantine draws dialogs, fields and pop-overs; sizes are those of a gloved hand. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'var(--mono)',
  colors: { gray: GREY, dark: GREY },
  primaryColor: 'gray',
  primaryShade: { light: 9, dark: 0 },
  autoContrast: true,
  defaultRadius: 4,
  black: '#1b1f24',
  white: '#ffffff',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Hands our tokens to Mantine, so that both draw with one palette. */
export const resolveVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-scale': 'var(--scale)',
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-error': 'var(--critical)',
    '--mantine-color-placeholder': 'var(--muted)',
    '--mantine-color-default': 'var(--background)',
    '--mantine-color-default-hover': 'var(--track)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--lines)',
  };
  return { variables: {}, light: shared, dark: shared };
};
