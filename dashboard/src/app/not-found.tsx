import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../texts/texts.ts';

export function NotFound() {
  const { failure } = useTexts();
  return (
    <Stack align="center" py="xl">
      <Text>{failure.notFound}</Text>
      <Anchor component={Link} to="/">
        {failure.back}
      </Anchor>
    </Stack>
  );
}
