import { createTheme } from '@mantine/core';

/**
 * Mantine as it comes, so that its variables are the ones of its own style sheet: the page may hold no
 * inline style, in which Mantine would write others.
 */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Locks the scroll with a style of its own, which the page may not have.
    Modal: { defaultProps: { lockScroll: false, centered: true } },
    Drawer: { defaultProps: { lockScroll: false } },
  },
});
