import { Anchor, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { askSignedIn } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { sitesTexts } from '../../../texts/office/sites.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Failure } from '../../../ui/failure.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { useLastKnown } from '../last-known.ts';
import { type Naming, useWorkersNaming } from '../workers-naming.ts';
import type { Site } from './site.ts';

interface RemoveSiteDialogProps {
  site: Site | undefined;
  onClose: () => void;
  onRemoved: () => Promise<void>;
}

/** Says who or what still names the site, and asks once more where nobody does. */
export function RemoveSiteDialog({ site, onClose, onRemoved }: RemoveSiteDialogProps) {
  const texts = useTextsOf(sitesTexts);
  const common = useTextsOf(commonTexts);
  const shown = useLastKnown(site);
  const workers = useWorkersNaming('site_id', site?.id);
  const numbers = useNumbersOf(site?.id);
  const isKnown = workers.data !== undefined && numbers.data !== undefined;
  const isFree = workers.data?.names === '' && numbers.data?.length === 0;
  const failure = workers.error ?? numbers.error;

  async function remove(): Promise<void> {
    await askSignedIn('DELETE', `/api/sites/${site?.id}`);
    await onRemoved();
  }

  return (
    <ConfirmDialog
      opened={site !== undefined}
      onClose={onClose}
      title={texts.removeTitle(shown?.name ?? '')}
      action={common.remove}
      onConfirm={isFree ? remove : undefined}
    >
      {!isKnown && !failure && <Loader size="sm" />}
      {failure && <Failure>{failure.message}</Failure>}
      {isFree && <Text size="sm">{texts.removeText}</Text>}
      {workers.data && numbers.data && !isFree && (
        <Named siteId={site?.id} workers={workers.data} numbers={numbers.data} />
      )}
    </ConfirmDialog>
  );
}

interface NamedProps {
  siteId: string | undefined;
  workers: Naming;
  numbers: readonly string[];
}

function Named({ siteId, workers, numbers }: NamedProps) {
  const texts = useTextsOf(sitesTexts);
  const { names, more } = workers;
  return (
    <Stack gap="xs">
      <Text size="sm">{texts.inUse}</Text>
      {names !== '' && (
        <Text size="sm" dir="auto">
          {more ? texts.moreWorkers(names) : texts.workers(names)}
        </Text>
      )}
      {numbers.length > 0 && <Text size="sm">{texts.numbers(numbers.join(', '))}</Text>}
      <Text size="sm">{texts.giveOthers}</Text>
      <Group>
        {names !== '' && (
          <Anchor
            size="sm"
            renderRoot={(props) => (
              <Link to="/office/workers" search={{ site_id: siteId }} {...props} />
            )}
          >
            {texts.toWorkers}
          </Anchor>
        )}
        {numbers.length > 0 && (
          <Anchor component={Link} to="/office/numbers" size="sm">
            {texts.toNumbers}
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}

/** The dialled numbers that belong to the site, asked anew each time. */
function useNumbersOf(siteId: string | undefined) {
  return useQuery({
    queryKey: ['numbers of the site', siteId],
    enabled: siteId !== undefined,
    staleTime: 0,
    gcTime: 0,
    async queryFn({ signal }) {
      const { body } = await askSignedIn<{ numbers: { number: string; site_id: string | null }[] }>(
        'GET',
        '/api/company',
        { signal },
      );
      const own = body.numbers.filter(({ site_id }) => site_id === siteId);
      return own.map(({ number }) => number);
    },
  });
}
