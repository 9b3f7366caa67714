/** Of Mantine's style sheet what the telephone uses: what the control room does, and little more. */
import '../../src/app/mantine-styles.ts';
import '@mantine/core/styles/Badge.css';
import '@mantine/core/styles/Switch.css';
import '@fontsource/noto-sans-devanagari/devanagari-400.css';
import '@fontsource/noto-sans-devanagari/devanagari-700.css';
import '../../src/app/app.css';
