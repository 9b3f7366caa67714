import { useCompanyZone } from '../../../live/company-zone.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ShownOnce } from '../shown-once.tsx';
import type { OneTimeLink } from './supervisor.ts';

interface LinkShownProps {
  link: OneTimeLink;
  /** Whose it is. */
  name: string;
  onClose: () => void;
}

/** The link, and how long it is good, by the company's clock. */
export function LinkShown({ link, name, onClose }: LinkShownProps) {
  const texts = useTextsOf(peopleTexts);
  const language = useLanguage();
  const zone = useCompanyZone();
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    ...(zone !== undefined && { timeZone: zone }),
  });
  return (
    <ShownOnce label={texts.link} value={link.url} onClose={onClose}>
      {`${texts.handOver(name)} ${texts.goodUntil(format.format(new Date(link.expires_at)))}`}
    </ShownOnce>
  );
}
