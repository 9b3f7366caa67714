import { Stack, Tabs, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ManualText, Person } from '../../../api/types.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { plain } from '../../../ui/plain.ts';
import { DaysBar, useDays } from './days-bar.tsx';
import { Editor } from './editor.tsx';
import { PassageList } from './passage-list.tsx';
import type { Tab } from './search.ts';
import { withQuestion } from './templates.ts';
import classes from './text-view.module.css';
import { TryPanel } from './try-panel.tsx';
import { usePassages, useUsage } from './use-manuals.ts';
import { useWriting } from './use-writing.ts';
import { VersionsPanel } from './versions-panel.tsx';

interface ManualTabsProps {
  newest: ManualText;
  etag: string | undefined;
  shown: ManualText;
  person: Person;
}

/** A manual piece by piece, as a text, tried, and by its versions. */
export function ManualTabs({ newest, etag, shown, person }: ManualTabsProps) {
  const { tabs } = useTextsOf(manualTexts);
  const { tab, edit, question } = useSearch({ from: '/office/manuals/$manualId' });
  const navigate = useNavigate({ from: '/office/manuals/$manualId' });
  const isWriting = edit && person.role !== 'viewer';
  return (
    <Tabs
      value={tab ?? 'passages'}
      keepMounted={false}
      onChange={(value) =>
        void navigate({ search: (known) => ({ ...known, tab: value as Tab }), replace: true })
      }
    >
      <Tabs.List>
        {(['passages', 'text', 'try', 'versions'] as const).map((name) => (
          <Tabs.Tab key={name} value={name}>
            {tabs[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="passages" pt="md">
        <PassagesPanel manual={shown} />
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="md">
        {isWriting ? (
          <Writing key={newest.id} newest={newest} etag={etag} question={question} />
        ) : (
          <pre className={classes.text} lang={shown.language} dir="auto">
            {plain(shown.text)}
          </pre>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="try" pt="md">
        <TryPanel manual={newest} companyId={person.company_id} />
      </Tabs.Panel>
      <Tabs.Panel value="versions" pt="md">
        <VersionsPanel newest={newest} />
      </Tabs.Panel>
    </Tabs>
  );
}

function PassagesPanel({ manual }: { manual: ManualText }) {
  const texts = useTextsOf(manualsTexts);
  const search = useSearch({ from: '/office/manuals/$manualId' });
  const navigate = useNavigate({ from: '/office/manuals/$manualId' });
  const passages = usePassages(manual);
  const days = useDays(search);
  const usage = useUsage(days);
  return (
    <Stack gap="md">
      <DaysBar
        days={days}
        onChange={(range) =>
          void navigate({ search: (known) => ({ ...known, ...range }), replace: true })
        }
      />
      {manual.kind === 'card' && (
        <Text size="sm" c="dimmed">
          {texts.spokenOfCard}
        </Text>
      )}
      {usage.isError && <Text size="sm">{texts.usageMissing}</Text>}
      {passages.data ? (
        <PassageList passages={passages.data} language={manual.language} usage={usage.data} />
      ) : (
        <Pending of={passages} />
      )}
    </Stack>
  );
}

interface WritingProps {
  newest: ManualText;
  etag: string | undefined;
  question: string | undefined;
}

function Writing({ newest, etag, question }: WritingProps) {
  const navigate = useNavigate({ from: '/office/manuals/$manualId' });
  const { id, version, status, text } = newest;
  const writing = useWriting(question === undefined ? id : `${id} ${question}`, {
    text: question === undefined ? text : withQuestion(text, question),
    base: { id, version, isDraft: status === 'draft', etag },
  });
  return (
    <Editor
      writing={writing}
      untouched={text}
      onSaved={() => void navigate({ search: { tab: 'passages' } })}
    />
  );
}
