/**
 * What takes a danger word back or makes it something else. The phrase language is phrases.ts's.
 * Everything here errs to the safe side: what is not plainly taken back counts as happening now.
 */

/** "Not on fire", "nobody is hurt": these words, then nothing but fillers, then the cue. */
export const NEGATORS = new Set(
  'no not nobody none nothing without never neither nor sin ningun ninguna nahi nahin na'.split(
    ' ',
  ),
);

export const NEGATION_FILLERS = new Set(
  `a an any the sign signs of more longer real actual such is are was been being got getting really currently here
  there kind visible one has have had see seeing seen smell smelling hear yet even feel feeling having un una koi an
  in on anyone anybody person`.split(/\s+/),
);

/**
 * After a bare "no" only these: "no sign of smoke" takes back, but "no there is a fire" answers a
 * question. Speech arrives without commas.
 */
export const NO_FILLERS = new Set(
  'more longer real actual such sign signs of visible kind other one nobody'.split(' '),
);

/** Hindi takes back after the word: "aag nahi hai"; but "aag nahi bujh rahi" is a fire. */
export const NEGATORS_AFTER = new Set(['nahi', 'nahin', 'nhi', 'नहीं']);
export const AFTER_NEGATOR = new Set([
  'hai',
  'lagi',
  'laga',
  'hui',
  'hua',
  'tha',
  'thi',
  'he',
  'h',
  'है',
  'लगी',
]);

/** Over since yesterday or longer; counts within the cue's clause, or beside a verb of the past. */
export const PAST = `
  last week|month|year|summer|winter|season|time, last monday|tuesday|wednesday|thursday|friday|saturday|sunday, weeks|week|months|month|years|year ago, while|time|ago ago
  back in, in the past, previously, used to, once had, when i was, earlier this week|month|year, last .. year|month
  kya .. hua tha, pichle|pichhle .. saal|hafte|mahine, lagi|hui thi, hua|laga tha, la semana pasada, el ano pasado, hace .. semanas|meses|anos`;

/** Not long over: a body hurt then may still be in danger, so it stays URGENT. */
export const RECENT = `
  yesterday, last night|shift, days|day ago, day before, kal|parso, ayer, anoche, hace .. dias`;

/** Words of the past that let a time named elsewhere in the sentence reach this clause. */
export const PAST_VERBS =
  'was, were, had, did, went, happened, tha, thi, the|hui|hua tha|thi, hubo, estaba, fue';

/** The clause is about now after all. */
export const PRESENT = `
  now, still, currently, at the moment, again, is, are, am, has, have, can, keeps|keep, hurts, feel|feels, need, today, please, help, since, started|began, worse
  abhi, ab, hai|hain, raha|rahi|rahe, ahora, todavia, esta|estan, desde`;

/** The hazard has ended; somebody should still look. Only within the clause of the cue. */
export const RESOLVED = `
  is|was|has|are|been put out, is|was|got|been extinguished, under control, is over, was over, has|is|been stopped, has|is|been contained
  false alarm, all clear, already fixed|repaired|resolved, was|is|been fixed|repaired|resolved, controlado|controlada`;
/** "Out" ends a fire only: a person who is out is unconscious, power that is out has failed. */
export const FIRE_RESOLVED = `
  fire|it|flames|blaze is|are|went|was out, bujh gayi|gaya|chuki, bujha di|diya, se apago, apagado`;
export const NOT_RESOLVED = `
  not .. out|under|over|stopped|contained|fixed|repaired|extinguished|resolved, out of control, not false, is out of, is out there, nahi bujh*, bujh nahi`;

export const DRILL = `
  fire|evacuation|mock|emergency|safety|planned|scheduled|monthly|annual|gas drill|drills|exercise, this|it is only|just? a? drill|test|exercise, just|only a drill|test|exercise
  testing .. alarm|alarms|siren|system|sprinkler*|line|hotline|aurora|this, test|tests of .. alarm|alarms|siren|system|line, alarm|system|siren test, test call, drill tomorrow|today|at|scheduled, for|during the drill
  simulation|simulated|simulate, rehearsal, training exercise, checking the alarm, we are testing, i am testing, simulacro, mock`;
export const NOT_DRILL = `
  not .. drill|test|exercise|simulation|training, no drill|test|exercise, this is real, it is real, for real, not a mock, no es un? simulacro`;

/** Asking about a rule, not telling what happens. */
export const ABOUT = `
  manual .. say|says|said|about|tell, procedure|procedures|policy|protocol|instructions|guideline* for|on|in|when|about|say, what is|are the? .. procedure|policy|protocol|rule*, in case of, in the event of, in case there
  what|who .. should|do|must|shall|would .. do|call if|when|for, what if, what to do if|when|in|for, what should i|we|you do about, how do|to|should|can .. report|handle|prevent|avoid|deal|use|recognize
  tell me about, explain, training on|for|about, course on|about, difference between, what are|is .. symptoms|signs|causes|types, learn about, teach me, definition of, what is|are a|an, what does .. mean, what causes
  should|do i|we|you do .. if, if there is|was|were|are, if i|we|you see|smell|hear|find|get|have|fall
  kya karna chahiye, kya kare|karein|karen agar, agar, ke bare mein, que hacer si|en|cuando, que hago si, en caso de, que dice el manual`;

/** Yet plainly happening: a definite person or the present in the same sentence. */
export const DEFINITE = `
  my|our|this|his|her .. @person, my|our|his .. is|are, he|she is|has|was|can|does|stopped|fell|got, him, now, here, abhi, i am, we are, is happening, usko|uska|uski|mera|mere, ahora`;

/** Common sayings that hold a danger word. They are blanked out before anything else is looked at. */
export const IDIOMS = `
  deadline|boss|work|workload|schedule|wait|traffic|price|bill|job|commute is|are? killing me|us, killing time|it, dressed to kill, make a killing
  to|should|will|can|could|would|might|did|must fire him|her|them|someone|somebody|people|you|me|everyone|half, got|get|be|been|was|were|is|am|being fired, fired from|him|her|them|me|for|by|because|up, fire up the|a|it, firing up|him|her|people|staff|someone, fire away, team|sales is|are on fire, hire and fire
  play with fire, catch fire with .. customers|users, trial by fire, rapid fire, fire sale, blow|blowing|blew up .. phone|inbox|budget, blow|blew|blown my|your mind, blown away, blew it, blown .. proportion
  dying to, dying of boredom|curiosity|laughter|embarrassment, to die for, drop dead gorgeous, dead tired|serious|end|wrong|weight|stock|lock|slow|center|centre, over my dead, beat|beating a dead, dead in the water, dead line
  heart attack when .. saw|heard|bill|price, almost|nearly|gave .. heart attack, burning question|issue|desire|money|cash|hours|midnight, burn* bridges|calories, burned|burnt out, burn out, slow burn
  app|application|computer|laptop|server|system|software|website|site|screen|program|excel|browser|phone|stock|market .. crash*|freez*|froze|frozen|hang*|dead|died|down, crash course, crash .. app|computer|server|software|website|laptop|phone
  drowning in .. work|paperwork|emails|debt|calls|tasks, choke up, shock to hear|learn|see, shocked to|that, in shock about, sticker shock, culture shock, shell shocked
  trapped|stuck in .. meeting|traffic|queue|call|conversation|elevator music, pain in the neck|ass|butt, pain point*, pain to use|do|deal, bleeding edge, bad blood, in cold blood, blood sweat, bloody hell
  head hunter, heads up, head over heels, break a leg, broke .. heart|news|record|even|ice|code|promise, heart broken, costs an arm, twisted my arm, twist my arm, shot in the dark, long shot, good|best|give|take|worth|screen|flu|booster shot, shoot me an|a, shoot an email, bullet points, jump the gun, smoking gun, top gun, son of a gun
  killer app|feature|deal, killed it|the process|the|my app|process|session, kill the process|app|session|lights|engine, explosive growth, exploded with|in anger|laughter|rage|joy|growth|sales, da bomb, photo bomb, bomb the test|interview, time bomb, smell a rat, lost my mind, sick of, sick and tired, love sick, home sick, call in sick, worried sick
  sinking feeling, all hell, happy accident, four|six|two sided die, cast the die, new dies, die set|holder*|cast|casting, fit .. dies, burn after reading, gas bill|station|money|mileage|stove price, out of gas, step on the gas, running out of steam|time|gas, let off steam, blow* off steam
  bite the bullet, skeleton crew, killing two birds, hit the roof|ceiling|road|gym|target*|sack|books, fall* in love|behind|asleep|apart, falling prices|sales|share, fell for, smoke screen, up in smoke, holy smoke, chain smoking, struck by .. beauty|idea`;
