import './styles.ts';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { theme } from '../../src/app/theme.ts';
import { App } from './app.tsx';
import { keepDesk } from './desk.ts';

const container = document.getElementById('telephone');
if (!container) throw new Error('The page has no element "telephone".');

void keepDesk();

createRoot(container).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <App />
    </MantineProvider>
  </StrictMode>,
);
