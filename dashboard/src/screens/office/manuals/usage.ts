/** `fire#hi-step-3` stands in `fire.hi`; what is in English does not say so. */
export function manualOf(passageId: string): string {
  const [document = '', place = ''] = passageId.split('#');
  const language = /^([a-z]{2,3})-(?:\d|step-|never-|asked-)/.exec(place)?.[1];
  return `${document}.${language ?? 'en'}`;
}

/** How often passages were spoken, by passage and by the manual that they stand in. */
export interface Usage {
  ofPassage: ReadonlyMap<string, number>;
  ofManual: ReadonlyMap<string, number>;
}

export function usageOf(spoken: readonly { passage_id: string; times: number }[]): Usage {
  const ofPassage = new Map<string, number>();
  const ofManual = new Map<string, number>();
  for (const { passage_id, times } of spoken) {
    const manual = manualOf(passage_id);
    ofPassage.set(passage_id, (ofPassage.get(passage_id) ?? 0) + times);
    ofManual.set(manual, (ofManual.get(manual) ?? 0) + times);
  }
  return { ofPassage, ofManual };
}
