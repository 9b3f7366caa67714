import { tokenize } from '../floor/words.ts';

const STOP_WORDS = new Set(
  `a an the i you he she it we they me my your his her our us them this that these those there here is are was were be
  been am do does did doing done have has had can could should would will must may might to of in on at for from with
  by and or but if so as not no what which who how when where why please tell say says said about manual procedure
  give get got need want know now just any some many much very also then than into out up down all one ok okay yes
  kya hai karna chahiye ke mein se ka ki ko agar kaise que el la los las un una en de con por hago hacer debo si help
  him her them his my your our next aurora question happen happens happened happening means mean thing things something somebody someone people person`.split(
    /\s+/,
  ),
);

/** The words of a question that say what it is about. */
export function contentWords(text: string): string[] {
  return tokenize(text)
    .map(({ word }) => word)
    .filter((word) => !STOP_WORDS.has(word));
}
