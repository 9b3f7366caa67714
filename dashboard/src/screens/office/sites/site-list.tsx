import { Text } from '@mantine/core';
import { commonTexts } from '../../../texts/office/common.ts';
import { sitesTexts } from '../../../texts/office/sites.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { RecordButton } from '../record-button.tsx';
import classes from '../record-list.module.css';
import { Fact, Told } from '../told.tsx';
import type { Site } from './site.ts';

interface SiteListProps {
  sites: readonly Site[];
  /** Absent for those who may only look. */
  onEdit?: (site: Site) => void;
  onRemove?: (site: Site) => void;
}

export function SiteList({ sites, onEdit, onRemove }: SiteListProps) {
  const texts = useTextsOf(sitesTexts);
  const common = useTextsOf(commonTexts);
  return (
    <ul className={classes.list} aria-label={texts.list}>
      {sites.map((site) => (
        <li key={site.id} className={classes.record}>
          <Text fw={600} dir="auto">
            {site.name}
          </Text>
          <Told>
            <Fact name={texts.address}>{site.address}</Fact>
            <Fact name={texts.assemblyPoint}>{site.assembly_point}</Fact>
            <Fact name={texts.emergencyNumber}>{site.emergency_number}</Fact>
          </Told>
          {onEdit && onRemove && (
            <div className={classes.actions}>
              <RecordButton action={common.edit} of={site.name} onClick={() => onEdit(site)} />
              <RecordButton action={common.remove} of={site.name} onClick={() => onRemove(site)} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
