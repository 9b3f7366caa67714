import { NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import classes from './manual-screen.module.css';
import { useManuals } from './use-manuals.ts';

/** Where the answer to a caller's question is written: into a new manual, or at the end of one. */
export function QuestionPlace({ question }: { question: string }) {
  const { asked } = useTextsOf(manualsTexts);
  const navigate = useNavigate();
  const guides = (useManuals().data ?? []).filter(({ kind }) => kind === 'guide');
  return (
    <NativeSelect
      className={classes.choice}
      label={asked.into}
      value=""
      data={[
        { value: '', label: asked.newManual },
        ...guides.map(({ id, title }) => ({ value: id, label: `${title} (${id})` })),
      ]}
      onChange={({ currentTarget: { value } }) => {
        if (value === '') return;
        void navigate({
          to: '/office/manuals/$manualId',
          params: { manualId: value },
          search: { tab: 'text', edit: true, question },
        });
      }}
    />
  );
}
