import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** A link that looks like a button. */
export const LinkButton = createLink(Button.withProps({ component: 'a' }) as typeof Button<'a'>);

/** Underlined, in the colour of the text around it. */
export const LinkAnchor = createLink(
  Anchor.withProps({ c: 'inherit', underline: 'always' }) as typeof Anchor<'a'>,
);
