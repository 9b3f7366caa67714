export { baseOf, fullTag, sameLanguage } from '../../calls/language-tags.ts';
