import type { FinalAction } from '../../../functions/src/calls/model.ts';

/** What callers of the demo plants said, and what came of it: written for the demo, nobody's call. */
export interface Scenario {
  says: readonly string[];
  /** Absent where nobody noted anything. */
  action?: FinalAction;
  notes?: string;
  /** How often it comes, beside the others. */
  weight: number;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    says: ['there is a fire in the paint shop', 'near booth two', 'everybody is out now'],
    action: 'fire_service',
    notes: 'Solvent rags. Put out by the fire service at 10 past.',
    weight: 2,
  },
  {
    says: ['my mate fell from the scaffold in hall 4', 'he is awake but his leg is broken'],
    action: 'ambulance',
    notes: 'Ambulance in 9 minutes, gate 2.',
    weight: 2,
  },
  {
    says: ['it smells of rotten eggs in the pump room', 'two of us feel dizzy', 'we are outside'],
    action: 'evacuated',
    notes: 'H2S alarm had been muted. Area closed until measured.',
    weight: 1,
  },
  {
    says: ['he got his hand into the conveyor', 'it has stopped, line 3', 'he bleeds a lot'],
    action: 'ambulance',
    weight: 1,
  },
  {
    says: ['somebody got acid on his arm in the plating shop', 'we are under the shower'],
    action: 'ambulance',
    notes: 'Rinsed for 20 minutes, then to the clinic.',
    weight: 1,
  },
  {
    says: ['the brake of forklift 12 does not hold', 'near the loading dock'],
    action: 'resolved',
    notes: 'Taken out of service, tagged.',
    weight: 4,
  },
  {
    says: ['there is hydraulic oil all over the floor by press 4', 'nobody has slipped yet'],
    action: 'resolved',
    weight: 4,
  },
  {
    says: ['the guard of the lathe is missing since the night shift'],
    action: 'resolved',
    weight: 3,
  },
  {
    says: ['I twisted my ankle on the stairs to the control room', 'it is swollen'],
    action: 'resolved',
    notes: 'First aider came, ice, sent home.',
    weight: 3,
  },
  {
    says: ['the light over the crane track is out and we can not see the hook'],
    action: 'resolved',
    weight: 2,
  },
  { says: ['where do I find the eye wash station in hall 2'], weight: 5 },
  { says: ['how do I lock out the mixer before cleaning'], weight: 5 },
  { says: ['which gloves do I wear for caustic soda'], weight: 4 },
  { says: ['when is the next evacuation drill'], weight: 3 },
  { says: ['who is the first aider on the night shift'], weight: 3 },
  {
    says: ['this is the drill, there is no fire, we test the alarm in building C'],
    action: 'drill',
    weight: 2,
  },
  {
    says: ['smoke from the compressor', 'no it was only steam, it is over'],
    action: 'false_alarm',
    weight: 2,
  },
  { says: ['wrong number sorry'], action: 'other', weight: 1 },
];
