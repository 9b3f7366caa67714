import { commonTexts } from '../../../texts/office/common.ts';
import { settingsTexts } from '../../../texts/office/settings.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { useLanguageName } from '../languages.ts';
import type { CompanyFields } from './company-fields.ts';

/** A setting in words, where two people have changed the same one. */
export function useShow(): (field: keyof CompanyFields & string, value: unknown) => string {
  const { yes, no } = useTextsOf(commonTexts);
  const texts = useTextsOf(settingsTexts);
  const languageName = useLanguageName();
  const regions = new Intl.DisplayNames(useLanguage(), { type: 'region' });
  return (field, value) => {
    if (typeof value === 'boolean') return value ? yes : no;
    if (field === 'visibility') {
      return value === 'own' ? texts.visibilityOwn : texts.visibilityCompany;
    }
    if (field === 'unanswered') {
      return value === 'urgent' ? texts.unansweredUrgent : texts.unansweredAlways;
    }
    if (!Array.isArray(value)) return String(value ?? '');
    const name = field === 'languages' ? languageName : (code: string) => regions.of(code) ?? code;
    return value.map(name).join(', ');
  };
}
