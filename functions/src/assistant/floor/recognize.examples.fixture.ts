import type { Urgency } from '../../calls/model.ts';

/**
 * What callers may say and how it must be judged, written by hand: the lexicon's contract with its
 * reader. The hazard is the first one, `-` for none. One line a case: urgency | hazard | words.
 */
const TABLE = `
CRITICAL | fire | fire
CRITICAL | fire | There's a fire in the paint shop!
CRITICAL | fire | the warehouse is on fire
CRITICAL | fire | smoke is coming out of the control cabinet
CRITICAL | fire | the fire is not out
CRITICAL | fire | we can't put the fire out
CRITICAL | fire | no there is a fire
CRITICAL | fire | not only smoke, there are flames now
CRITICAL | fire | I'm not sure if there is a fire but I see smoke
CRITICAL | fire | this is not a drill, fire in hall three
CRITICAL | fire | the fire extinguisher is empty and the fire is getting bigger
CRITICAL | fire | what should I do now, my machine is burning
CRITICAL | fire | there is a fire you must help
CRITICAL | fire | aag lag gayi hai
CRITICAL | fire | aag nahi bujh rahi
CRITICAL | fire | आग लग गई है
CRITICAL | fire | hay fuego en el almacén
CRITICAL | fire | ¡Incendio!
NORMAL | - | there is no fire, we test the alarm
NORMAL | - | There is no fire.
NORMAL | - | aag nahi hai
NORMAL | - | this is only a drill, pretend there is a fire
NORMAL | - | when is the next fire drill
NORMAL | - | what does the manual say about fire
NORMAL | - | what should I do if there is a fire
NORMAL | - | where do I find the fire extinguisher
NORMAL | - | my boss wants to fire him
NORMAL | - | I got fired yesterday
NORMAL | - | last year we had a fire in this hall
URGENT | - | the fire is out
URGENT | evacuation | the fire alarm is ringing
URGENT | unsafe-equipment | the fire extinguisher is missing
NORMAL | - | this deadline is killing me
NORMAL | - | the laptop crashed again
NORMAL | - | I'm stuck in a meeting
NORMAL | - | I nearly had a heart attack when I saw the bill
CRITICAL | - | help
CRITICAL | - | please help me
CRITICAL | - | madad karo
CRITICAL | - | ayuda por favor
CRITICAL | - | help help help
CRITICAL | accident | accident
CRITICAL | - | bachao
CRITICAL | accident | emergency
CRITICAL | accident | I need an ambulance
CRITICAL | accident | there has been a bad accident
NORMAL | - | can you help me with my timesheet
NORMAL | - | it's not an emergency
NORMAL | - | where do I get the accident report form
NORMAL | - | I deleted the file by accident
CRITICAL | gas-leak | gas!
CRITICAL | gas-leak | gas leak ho raha hai
CRITICAL | gas-leak | I smell gas in the boiler room
CRITICAL | gas-leak | the LPG cylinder is leaking
CRITICAL | gas-leak | huele a gas
NORMAL | - | I don't smell any gas
NORMAL | - | nobody smells gas any more, how do I read the gas meter
CRITICAL | toxic-release | ammonia is leaking from the compressor
CRITICAL | toxic-release | there is a chlorine cloud
CRITICAL | toxic-release | sulphuric acid spilled all over the floor
CRITICAL | chemical-splash | caustic soda splashed into his eyes
CRITICAL | chemical-splash | acid on my hand
CRITICAL | explosion | the boiler exploded
CRITICAL | explosion | something blew up
CRITICAL | explosion | the tank is about to burst
NORMAL | - | book the blast furnace tour
CRITICAL | electric-shock | he got an electric shock
CRITICAL | electric-shock | my colleague is stuck to the live cable
CRITICAL | electric-shock | usko current lag gaya
CRITICAL | electric-shock | a power line fell on the truck
CRITICAL | confined-space | a man collapsed in the tank
CRITICAL | confined-space | he went into the silo and he is not answering
CRITICAL | entrapment | his arm is caught in the conveyor
CRITICAL | entrapment | someone is trapped under the load
CRITICAL | entrapment | haath machine mein phas gaya
NORMAL | - | nobody is trapped
CRITICAL | cardiac-arrest | he is not breathing
CRITICAL | cardiac-arrest | no, not breathing
CRITICAL | cardiac-arrest | no not breathing
CRITICAL | cardiac-arrest | she has no pulse
CRITICAL | cardiac-arrest | woh saans nahi le raha
CRITICAL | cardiac-arrest | no respira
CRITICAL | cardiac-arrest | during the fire drill a man stopped breathing
CRITICAL | cardiac-arrest | what do I do if my colleague is not breathing
NORMAL | - | my phone battery is dead
CRITICAL | breathing-difficulty | I can't breathe
CRITICAL | breathing-difficulty | I can't breath
CRITICAL | breathing-difficulty | saans nahi aa rahi
CRITICAL | breathing-difficulty | no puedo respirar
CRITICAL | breathing-difficulty | I'm not breathing well
CRITICAL | choking | she is choking on food
CRITICAL | bleeding | he's bleeding badly
CRITICAL | bleeding | there is so much blood
CRITICAL | bleeding | khoon nahi ruk raha
CRITICAL | bleeding | the saw cut off his finger
CRITICAL | bleeding | it wont stop bleding
URGENT | injury | my finger is bleeding a little
URGENT | injury | small cut on my hand
NORMAL | - | we are bleeding the brakes
CRITICAL | heart-attack | I have chest pain
CRITICAL | heart-attack | my chest feels tight and my arm hurts
CRITICAL | heart-attack | seene mein dard ho raha hai
CRITICAL | stroke | her face is drooping and her speech is slurred
CRITICAL | unconscious | he collapsed
CRITICAL | unconscious | my coworker passed out and won't wake up
CRITICAL | unconscious | woh behosh hai
CRITICAL | unconscious | he is unconcious
CRITICAL | seizure | he is having a seizure
CRITICAL | heat-stroke | he was working in the heat and now he is confused
CRITICAL | burns | hot oil spilled on her arm
CRITICAL | burns | steam burned his face
NORMAL | - | I'm burned out and need leave
CRITICAL | fall | a worker fell from the scaffold
CRITICAL | fall | he fell ten metres
CRITICAL | fall | I fell off the ladder and can't feel my legs
URGENT | injury | I slipped and hurt my wrist
CRITICAL | head-injury | a box fell on his head
URGENT | head-injury | I bumped my head
CRITICAL | vehicle-accident | the forklift tipped over
CRITICAL | vehicle-accident | somebody was hit by a truck
CRITICAL | machine-stop | the robot won't stop
CRITICAL | structural-collapse | the roof collapsed
CRITICAL | structural-collapse | the trench caved in
CRITICAL | earthquake | earthquake
CRITICAL | drowning | a man fell into the canal
CRITICAL | poisoning | he drank thinner
CRITICAL | snake-bite | a snake bit me
CRITICAL | allergic-reaction | his throat is closing after a bee sting
CRITICAL | smoke-inhalation | two men inhaled smoke
CRITICAL | self-harm | I want to kill myself
CRITICAL | threat | a man with a knife is here
CRITICAL | threat | there's a shooter in the office
CRITICAL | threat | he is going to kill me
CRITICAL | missing-person | the fire is out but two people are still inside
URGENT | missing-person | we can't find one of our workers
URGENT | spill | oil is leaking from the press
URGENT | spill | diesel spill in the yard
URGENT | power-failure | we have a power cut
URGENT | unsafe-equipment | the guard on the press is broken
URGENT | eye-injury | I have metal dust in my eye
URGENT | fainting | I feel dizzy
URGENT | illness | I have a bad stomach ache
URGENT | - | I had chest pain last night
NORMAL | - | my grandfather died of a heart attack years ago
NORMAL | - | hello
NORMAL | - | when does my shift begin
NORMAL | - | how many days of leave do I have
NORMAL | - | thank you, that is all
NORMAL | - | tell me about confined space training
NORMAL | - | what is the procedure for a gas leak
NORMAL | - | in case of an explosion, where is the assembly point
CRITICAL | bleeding | yesterday he was fine, now he is bleeding from the mouth
NORMAL | - | there is no emergency
CRITICAL | accident | this is not a drill
CRITICAL | bleeding | there's blood all over the place
CRITICAL | structural-collapse | the elevator fell
CRITICAL | entrapment | the crane dropped its load on two people
CRITICAL | poisoning | I took too many pills
CRITICAL | self-harm | I don't want to live any more
CRITICAL | fall | aadmi gir gaya chhat se
CRITICAL | unconscious | one of the guys is lying on the floor and he doesn't move
CRITICAL | heart-attack | it feels like an elephant is sitting on my chest
URGENT | injury | I cut my thumb with a knife, it's not deep
NORMAL | - | I'm dying for a coffee
NORMAL | - | my phone died
NORMAL | - | the customer exploded with anger
NORMAL | - | install the new smoke detectors
CRITICAL | breathing-difficulty | I got gas in my lungs yesterday and today I can't breathe
`;

export const EXAMPLES: readonly { urgency: Urgency; hazard: string; words: string }[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [urgency = '', hazard = '', words = ''] = line.split(' | ');
    return { urgency: urgency as Urgency, hazard, words };
  });
