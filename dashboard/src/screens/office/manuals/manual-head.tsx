import { Text } from '@mantine/core';
import type { ManualText, ManualVersion } from '../../../api/types.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import { Moment } from '../../../ui/times.tsx';
import { useLanguageName } from '../languages.ts';
import { Fact, Told } from '../told.tsx';

type Deed = NonNullable<ManualVersion['approved']>;

/** What is known of one version of a manual: what it is, and who did what with it. */
export function ManualFacts({ manual }: { manual: ManualText }) {
  const { facts } = useTextsOf(manualTexts);
  const { kinds } = useTextsOf(manualsTexts);
  const languageName = useLanguageName();
  const { authors, submitted, approved, published, withdrawn } = manual;
  return (
    <Told>
      <Fact name={facts.id}>{manual.id}</Fact>
      <Fact name={facts.kind}>{kinds[manual.kind]}</Fact>
      <Fact name={facts.language}>{languageName(manual.language)}</Fact>
      <Fact name={facts.source}>{plain(manual.source)}</Fact>
      <Fact name={facts.hash}>{manual.hash}</Fact>
      <Fact name={facts.written}>
        {authors.map((author) => (
          <By key={author.id} deed={author} />
        ))}
      </Fact>
      <Fact name={facts.submitted}>{submitted && <By deed={submitted} />}</Fact>
      <Fact name={facts.approved}>{approved && <By deed={approved} />}</Fact>
      <Fact name={facts.published}>{published && <By deed={published} />}</Fact>
      <Fact name={facts.withdrawn}>{withdrawn && <By deed={withdrawn} />}</Fact>
      <Fact name={facts.reason}>{withdrawn && plain(withdrawn.reason)}</Fact>
    </Told>
  );
}

export function By({ deed }: { deed: Deed }) {
  return (
    <Text size="sm" component="span" display="block">
      {plain(deed.name)}, <Moment at={deed.at} withDate />
    </Text>
  );
}
