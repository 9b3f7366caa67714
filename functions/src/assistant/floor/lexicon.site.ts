import type { HazardCues } from './lexicon.ts';

/** Hazards of machines, vehicles and the site that are judged after those of a body. */
export const SITE_HAZARDS: readonly HazardCues[] = [
  {
    hazard: 'vehicle-accident',
    critical: `
      @vehicle .. crash|crashed|overturned|tipped|rolled|collid*|collision|flipped|derail*|sank|sunk|sinking
      @vehicle .. hit .. @person|me|him|her|someone|somebody|wall|rack|column|pedestrian|people|guard|pole|fence|gate|tree|another, @vehicle ran off|over|into
      hit|struck|knocked .. by .. @vehicle, run over, ran over, runs over, collision, crash into|with, crashed into|with, derail*
      @vehicle accident, road|motor accident, gaadi|gadi .. takra*|palat*|accident, takkar, atropell*, choque, capsiz*`,
    except:
      'run over .. time|budget|list|plan|numbers|it|this|that, ran over time|budget, vehicle accident report|form, truck hit traffic',
  },
  {
    hazard: 'machine-stop',
    critical: `
      @machine .. will|can|does|is not .. stop|stopping|stopped, can not|cannot stop .. @machine, stop the @machine|line
      @machine .. out of control, out of control .. @machine, @machine runaway, runaway @machine|reaction
      overpressur*, pressure .. dangerous*|critical|redline|exceed*, reactor .. overheat*, machine band nahi, la maquina no para`,
    urgent:
      'pressure .. rising|high|building, @machine .. jammed|overheat*|vibrat*|smell*|noise, strange|loud|weird noise, machine kharab',
    except: 'blood pressure, emergency stop .. test*',
  },
  {
    hazard: 'accident',
    critical: `
      accident, accidents, emergency, emergencies, mayday, sos, life or death, not|no a? drill, not a test, mass casualt*, badly|seriously|severely|critically|gravely hurt|injured|wounded|ill|sick
      serious|severe|critical|bad|major injur*|wound*|condition, i am|we are dying, going to die|dye, we will die, i will die, save me|us|him|her
      ambulance, send|need|call|get|want .. police|paramedic*|medic|medics, send|need|call|get fire|the fire brigade|department|service|truck|engine
      send|get help, help now|fast|quick*|immediately|urgent*, need medical|urgent|immediate help|attention|assistance, hurt|injured bad|badly|seriously|severely, send|need|call .. 911|112|999|108, hadsa, durghatna, accident ho gaya, emergency hai, bachao|bachaao|bachavo, madad .. jaldi
      दुर्घटना, बचाओ, एम्बुलेंस, accidente, emergencia, ambulancia, herido|heridos grave|graves, auxilio|socorro, ayudenme|ayudame, me muero`,
    urgent: 'need .. doctor|nurse|first aid, first aid, near miss, incident',
    except: `
      by accident, report|reports about|on|of .. accident|accidents|incident, accident report*|form*|insurance|book|log|statistics|free|prevention|investigation*|policy|record*|rate
      traffic accident, no accident*, accidentally, ambulance bay|parking|service number
      emergency exit*|number*|contact*|light*|plan*|stop*|procedure*|drill*|button*|kit*|shower*|door*|brake*|response|preparedness|manual|training|switch|power|generator|leave|fund|valve|siren
      in an emergency, in case of an? emergency, emergency meeting, first aid kit|box|training|course|room
      incident report*|number|form|log|command, going to die of? laugh*|boredom|embarrass*`,
  },
  {
    hazard: 'missing-person',
    critical: `
      still inside, somebody|someone|people|worker|workers|colleague|man|men|person|friend is|are|was|were|still? inside, not come|came out
      unaccounted, missing .. after .. @scene, andar hai|hain .. log|aadmi, log|aadmi|koi andar`,
    urgent: `
      missing @person|people|child|employee*|worker*, @person|people|worker*|colleague* .. missing|disappeared|vanished, can not find @person|him|her|them
      can not find .. colleague|worker|workers|colleagues|people|coworker|partner|friend|brother|man|men, not come|came|returned back, lost contact with, nobody|no one has|have? seen|heard him|her|them
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
      spill*, spilt, leak*, @liquid .. released|release|discharge*|leak*|overflow*|everywhere|pouring, discharge*|release* .. @liquid, @liquid .. all? over|ceiling|roof|floor, release of
      overflow*, burst|broken|ruptured pipe|hose|line|fitting, pipe|hose|line .. burst|ruptured|rupture, water .. flooding|flood*, flooded, sheen
      leak ho raha, tel gir*|phail*, derrame|derrames, fuga|goteo`,
    except:
      'spill the beans, spill kit*|tray*|response, leaked|leak .. news|data|information|password|document*, spillover',
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
      @machine is? broken, unsafe, dangerous, hazard, hazardous, gas|air leak`,
    except: 'hazard light*|perception|pay, check engine light',
  },
];
