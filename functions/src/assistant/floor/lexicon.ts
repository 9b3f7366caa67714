import { BODY_HAZARDS } from './lexicon.body.ts';
import { SCENE_HAZARDS } from './lexicon.scene.ts';
import { SITE_HAZARDS } from './lexicon.site.ts';
import type { WordClasses } from './phrases.ts';

/**
 * What callers say when something has happened, by hazard; the phrase language is phrases.ts's.
 * English first, with the commonest emergency words of Hindi (in both scripts) and Spanish, without
 * accents.
 */
export interface HazardCues {
  /** The id of a procedure in the manual. */
  hazard: string;
  /** Life is in danger now. */
  critical?: string;
  urgent?: string;
  /** Words that are CRITICAL when nothing else is said: "gas!" */
  alone?: string;
  /** A cue inside or across one of these phrases does not count: "fire extinguisher". */
  except?: string;
}

/** The first one wins when several of the same urgency are named at once. */
export const HAZARDS: readonly HazardCues[] = [...SCENE_HAZARDS, ...BODY_HAZARDS, ...SITE_HAZARDS];

export const CLASSES: WordClasses = {
  flammable: 'propane butane lpg methane cng acetylene hydrogen ethylene propylene butadiene',
  toxic: `ammonia amonia chlorine chlorene h2s benzene phosgene cyanide sulfide sulphide monoxide hydrofluoric bromine
    nitrogen refrigerant freon formaldehyde styrene vinyl sulfur sulphur hydrochloric sulfuric sulphuric nitric acid acids
    toluene xylene acetone methanol mercury caustic ethylene phosphine arsine fluoride chloride dioxide solvent pesticide`,
  corrosive: `acid caustic chemical chemicals bleach solvent alkali lye cleaner paint cement lime hydroxide
    hydrochloric sulfuric sulphuric nitric hydrofluoric thinner peroxide`,
  liquid: `oil diesel fuel hydraulic crude brine sewage waste wastewater coolant petrol gasoline kerosene paint water
    lubricant antifreeze glycol naphtha solvent jet asphalt slurry sludge fluid liquid gallons barrels`,
  tank: `tank tanks pit silo manhole sewer vessel septic hopper confined vault well reactor bin digester culvert vat vats`,
  structure: `building buildings roof wall walls scaffold scaffolding ceiling structure rack racks racking shelf
    shelves shelving crane trench excavation tunnel silo shed mezzanine stack bridge platform`,
  machine: `machine machines machinery conveyor belt belts roller rollers press gear gears lathe mixer shaft robot
    grinder saw drill crusher blade blades fan chain winch pulley auger shredder compactor loom motor pump line
    forklift beam load pallet pallets cutter equipment turbine truck door`,
  limb: `hand hands arm arms leg legs finger fingers thumb foot feet toe hair sleeve glove clothes head body haath
    hath pair ungli baal kapda limb wrist scarf`,
  vehicle: `forklift forklifts truck car vehicle lorry van tractor crane loader excavator bus bike motorbike
    motorcycle tanker dumper train trolley trailer boat vessel barge ship railcar locomotive tram stacker`,
  person: `man woman worker workers person colleague coworker friend someone somebody operator guy boy girl lady
    welder driver electrician technician fitter contractor employee cleaner supervisor boss partner brother father
    mother sister wife husband son daughter victim patient people he she they aadmi banda bhai admi`,
  scene: 'fire explosion collapse accident evacuation alarm flood earthquake',
  safety: `brake brakes braking steering handrail handrails guardrail railing railings guard guards extinguisher
    extinguishers detector detectors siren horn alarm alarms interlock harness lanyard seatbelt belt emergency
    sprinkler sprinklers ladder scaffold scaffolding crane hoist sling slings exit exits hydrant eyewash shower
    grating walkway stairs step safety relief wire wires wiring cable cables beacon warning fire smoke tyre tyres
    tire tires wheel axle reversing mirror lights gate barrier fence pressure boiler valve rope hook`,
  defect: `broken cracked crack cracks missing faulty fault failed failing fails failure leaking leaks leak leakage
    loose damaged defective expired stuck blocked jammed worn bent corroded rusted rusty bypassed disabled
    malfunction malfunctioning overheating overheated sparking excess play movement torn frayed tripping inoperative
    slipping snapped dislodged unsecured exposed unserviceable u/s`,
};

/** Real words that must not be taken for a misspelt danger word. */
export const NOT_MISSPELT: ReadonlySet<string> = new Set(
  `blending breeding filling failing felling tripped stocked insured crashed stubbed shouting swelling trimmed
  leading leaning leaping learning cleaned cleaning loading lasting banging hanging changing charging chopping shopping
  shipping stopping stooping missions crashing brushing checking cooking choosing smearing stealing speaking heating
  heading healing hearing hurrying carrying burping turning running ringing bringing pricing parking packing
  relapse replace released unlocked blocked flocked factory fixture picture fiction machines medicine collapsible
  weather whether general several another brother mother father feather stations training draining`.split(
    /\s+/,
  ),
);
