import { Center, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useStale } from '../../alarm/alarm-bar.tsx';
import { useLiveCalls } from '../../live/use-live.ts';
import { useTexts } from '../../texts/texts.ts';
import { CallList } from './call-list.tsx';

/** All live calls that I may see, most urgent and longest waiting first. */
export function LiveScreen() {
  const { live } = useTexts();
  const calls = useLiveCalls(({ calls }) => calls);
  const loaded = useLiveCalls(({ loaded }) => loaded);
  const stale = useStale();
  const running = calls.filter(({ status }) => status === 'ACTIVE');
  const critical = running.filter(({ urgency }) => urgency === 'CRITICAL').length;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="baseline">
        <Title order={1} size="h3">
          {live.title}
        </Title>
        {loaded && <Text className="numbers">{live.count(running.length, critical)}</Text>}
      </Group>
      {!loaded && (
        <Center py="xl">
          <Loader />
        </Center>
      )}
      {loaded && calls.length === 0 && (
        <Text c="dimmed" py="xl" ta="center">
          {live.none}
        </Text>
      )}
      <CallList calls={calls} isStale={stale} />
    </Stack>
  );
}
