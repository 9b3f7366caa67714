import type { HazardCues } from './lexicon.ts';

/** Hazards of machines, vehicles and the site that are judged after those of a body. */
export const SITE_HAZARDS: readonly HazardCues[] = [
  {
    hazard: 'toxic-release',
    critical: `
      @toxic .. leak*|release*|releasing|discharge*|spill*|escap*|vent|venting|cloud|vapor|vapour|fumes|smell*|everywhere
      leak*|release*|releasing|discharge*|spill*|escap*|smell*|cloud|fumes|inhaled|breathed|breathing|vapor|vapour .. @toxic
      toxic|poison|poisonous|chemical|chlorine|noxious|hazardous gas|gases|fumes|fume|cloud|vapor*|vapour*|smoke|smell|release*|leak*|vapors
      chemical|chemicals .. leak*|escap*|released|spill*|inside, spill*|leak*|release*|discharge* .. chemical|chemicals, vapor|vapour cloud, fumes
      h2s|ammonia|chlorine|monoxide alarm|detector .. going|sounding|ringing|beeping, ammonia
      zehreeli|jahrili gas, rasayan* .. leak|gir*|phail*, अमोनिया, gas toxic*, fuga de amoniaco|cloro|quimic*, derrame quimico, vapores toxicos`,
    except: 'ammonia level*|price*|delivery|order|inventory|storage|procedure, fume hood|extraction|cupboard',
  },
  {
    hazard: 'entrapment',
    critical: `
      trapped, entrapped, entrapment, caught|pulled|sucked|dragged|stuck|jammed in|into|under|between|by|on|inside|beneath .. @machine
      @limb .. caught|stuck|trapped|pulled|crushed|jammed|mangled, @limb is|are|got|was in the? @machine, crushed|crushing, pinned, squashed
      stuck under|underneath|beneath|between, locked in|inside .. freezer|cold|room|tank|container|chamber, locked in
      @machine .. phas*|fas|fasa|fasi|phans*|fans*, phas|phans|fas|fans gaya|gayi|gaye, dab gaya|gayi|gaye, फंस, दब
      atrapad*, aplast*, pillad*`,
    urgent: 'stuck in .. elevator|lift, elevator|lift is? stuck',
    except: 'steam trap*, trapped air|gas|wind, pinned message|post|comment|tweet, locked in .. price|rate, stuck in .. elevator|lift|traffic|meeting',
  },
  {
    hazard: 'vehicle-accident',
    critical: `
      @vehicle .. crash|crashed|overturned|tipped|rolled|collid*|collision|flipped|derail*|sank|sunk|sinking
      @vehicle .. hit .. @person|me|him|her|someone|somebody|wall|rack|column|pedestrian|people, @vehicle ran off|over|into
      hit|struck|knocked .. by .. @vehicle, run over, ran over, runs over, collision, crash into|with, crashed into|with, derail*
      @vehicle accident, road|motor accident, gaadi|gadi .. takra*|palat*|accident, takkar, atropell*, choque, capsiz*`,
    except: 'run over .. time|budget|list|plan|numbers|it|this|that, ran over time|budget, vehicle accident report|form, truck hit traffic',
  },
  {
    hazard: 'machine-stop',
    critical: `
      @machine .. will|can|does|is not .. stop|stopping|stopped, can not|cannot stop .. @machine, stop the @machine|line
      @machine .. out of control, out of control .. @machine, @machine runaway, runaway @machine|reaction
      overpressur*, pressure .. dangerous*|critical|redline|exceed*, reactor .. overheat*, machine band nahi, la maquina no para`,
    urgent:
      'pressure .. rising|high|building, @machine .. jammed|overheat*|vibrat*|broken|smell*|noise, strange|loud|weird noise, machine kharab',
    except: 'blood pressure, emergency stop .. test*',
  },
  {
    hazard: 'accident',
    critical: `
      accident, accidents, emergency, emergencies, mayday, sos, life or death, mass casualt*, badly|seriously|severely|critically|gravely hurt|injured|wounded|ill|sick
      serious|severe|critical|bad|major injur*|wound*|condition, i am|we are dying, going to die|dye, we will die, i will die, save me|us|him|her
      ambulance, send|need|call|get|want .. police|paramedic*|medic|medics, send|need|call|get fire|the fire brigade|department|service|truck|engine
      send|need|call .. 911|112|999|108, hadsa, durghatna, accident ho gaya, emergency hai, bachao|bachaao|bachavo, madad .. jaldi
      दुर्घटना, बचाओ, एम्बुलेंस, accidente, emergencia, ambulancia, herido|heridos grave|graves, auxilio|socorro, ayudenme|ayudame, me muero`,
    urgent: 'need .. doctor|nurse|first aid, first aid, near miss, incident',
    except: `
      by accident, accident report*|form*|insurance|book|log|statistics|free|prevention|investigation*|policy|record*|rate
      traffic accident, no accident*, accidentally, ambulance bay|parking|service number
      emergency exit*|number*|contact*|light*|plan*|stop*|procedure*|drill*|button*|kit*|shower*|door*|brake*|response|preparedness|manual|training|switch|power|generator|leave|fund|valve|siren
      in|for|during an|any|case emergency|of, in case of emergency, in case of an emergency, emergency meeting, first aid kit|box|training|course|room
      incident report*|number|form|log|command, going to die of? laugh*|boredom|embarrass*`,
  },
  {
    hazard: 'missing-person',
    critical: `
      still inside, somebody|someone|people|worker|workers|colleague|man|men|person|friend is|are|was|were|still? inside, not come|came out
      unaccounted, missing .. after .. @scene, andar hai|hain .. log|aadmi, log|aadmi|koi andar`,
    urgent: `
      missing @person|people|child|employee*|worker*, @person|people|worker*|colleague* .. missing|disappeared|vanished, can not find @person|him|her|them
      can not find .. colleague|worker|coworker|partner|friend|brother|man|men, not come|came|returned back, lost contact with, nobody|no one has|have? seen|heard him|her|them
      lapata|gayab, gum ho gaya, mil nahi rah*, desaparecid*, lost in .. plant|tunnel|mine|forest`,
  },
  {
    hazard: 'evacuation',
    urgent: `
      evacuat*, alarm|alarms|siren|sirens .. ringing|rings|rang|sounding|sounded|going|went|activated|blaring|triggered, alarm|siren is on
      fire alarm .. on|ringing, alarm baj*, siren baj*, sonando la alarma, la alarma .. sonando, evacua*`,
    except: 'alarm .. not work*|set|noon|clock, set .. alarm',
  },
  {
    hazard: 'spill',
    critical: 'chemical|chemicals .. spill*, spill* .. chemical|chemicals',
    urgent: `
      spill*, spilt, leak*, @liquid .. released|release|discharge*|leak*|overflow*|everywhere|pouring, discharge*|release* .. @liquid, release of
      overflow*, burst|broken|ruptured pipe|hose|line|fitting, pipe|hose|line .. burst|ruptured|rupture, water .. flooding|flood*, flooded, sheen
      leak ho raha, tel gir*|phail*, derrame|derrames, fuga|goteo`,
    except: 'spill the beans, spill kit*|tray*|response, leaked|leak .. news|data|information|password|document*, spillover',
  },
  {
    hazard: 'power-failure',
    urgent: `
      power cut|failure|outage|failed|gone|out|lost|down, power has|is|went|just .. gone|out|off|failed|lost, no power|electricity, lost power
      blackout, lights went|are|is|have .. out|off|gone, electricity .. gone|out|off|failed, generator .. failed|fail|not
      bijli .. gayi|gul|nahi|chali|gai, light|lights chali|nahi|gayi, बिजली चली, corte de luz, apagon, se fue la luz, sin luz|electricidad`,
    except: 'power is off .. main|machine, turn|switch .. off, bijli .. lagi',
  },
  {
    hazard: 'unsafe-equipment',
    urgent: `
      @safety .. @defect, @defect .. @safety, @safety .. not .. work*|function*|hold*|clos*|open*|respond*, @safety .. out of date|order|service
      @safety .. warning .. on, going on and off, @safety .. on and off, no guard|guards|handrail|harness|extinguisher, no .. extinguisher
      unsafe, dangerous, hazard, hazardous, gas|air leak`,
    except: 'hazard light*|perception|pay, check engine light',
  },
];
