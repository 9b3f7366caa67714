import type { HazardCues } from './lexicon.ts';

/** Hazards of a place: whoever comes near is in danger too, so they come before all others. The phrase language: phrases.ts. */
export const SCENE_HAZARDS: readonly HazardCues[] = [
  {
    hazard: 'threat',
    alone: 'knife attack weapon robbery',
    critical: `
      gun, gunman, gunmen, shooter, shooting, gunshot*, shots fired, been shot, got shot, is shot, firing at us|me|people
      has|have|with|holding|pulled|carrying|waving .. knife|weapon|machete|rifle|pistol|axe
      knife attack, stabbed, stabbing, stab wound, bomb, hostage*, explosive device, suspicious package, grenade
      threatening .. kill|knife|me|us|him|her|people|worker*, threatened .. kill|knife
      attacking me|us|him|her|them|people|someone|somebody|workers, being attacked, attacked by, attacked me|us|him|her
      intruder*, going|wants|want|will|trying to kill me|us|him|her|them|people|someone, kidnap*, raped|rape, sexually assault*
      beating me|us|him|her|up, assaulting me|us|him|her|someone, assaulted|assault, violent man|person|worker|customer, terrorist*
      chaku|chaaku|banduk|bandook|bandooq|pistol, goli chal*, goli maar*, jaan se maar*, maar raha|rahe .. mujhe|usko|hame, mujhe maar raha|rahe
      hamla, चाकू, बंदूक, गोली, cuchillo, pistola, tiroteo, disparos, amenaza de bomba, me quiere|va a? matar, nos quiere|van a? matar`,
    urgent:
      'fight broke out, are|is fighting, a fight, threatened|threatening, harass*, following me, thief|thieves|robbery',
    except: `shooting pain*, i cut .. knife, cut|cutting my|myself .. knife, knife slipped, knife stuck, bath bomb, nail gun|glue|grease|spray, nail|glue|grease|spray|heat|caulk|solder* gun
      photo shooting, shooting range|star, trouble shooting, assault rifle course`,
  },
  {
    hazard: 'explosion',
    critical: `
      explosion*, exploded, exploding, explode|explodes, blew up, blown up, blowing up, blast, blew, went off with a bang
      boiler|tank|cylinder|vessel|reactor|drum|battery|tyre|tire .. burst|bursting|bursts|ruptured, about|going to burst|blow
      dhamaka*|dhamaaka*, visphot, phat gaya|gayi|raha, धमाका, विस्फोट, exploto|estallo|estallido|explosiones`,
    except: `sand|shot|grit|bead|water|air blast, blast furnace|room|pot|cleaning|media|cabinet|chiller|freezer
      blew .. fuse|whistle|horn|kiss|tyre|tire|bulb|nose|deadline, wind blew, explosion proof|protected|protection|risk|limit|vent*|relief|panel, explosive growth`,
  },
  {
    hazard: 'gas-leak',
    alone: 'gas gaz',
    critical: `
      gas leak*, gas is? leak*, leak* .. gas, leaking gas, smell* .. gas, gas smell*, gas odor|odour
      gas .. escaping|escapes|hissing|everywhere|leaking|leaked|release|released, gas coming out|from, gas|gaz leek|leke
      gas pipe|line|main|hose|cylinder|tank|valve .. burst|broken|broke|hit|cut|open|leak*|damaged|ruptured
      gas detector|alarm|monitor|sensor .. alarming|beeping|ringing|rings|sounding|triggered|going
      @flammable .. leak*|release*|releasing|discharge*|vent|venting|escap*|vapor|vapour|cloud|smell
      leak*|release*|releasing|discharge*|escap*|smell*|cloud|vapor|vapour .. @flammable
      gas leak|leakage|lik ho, gas nikal*|nikl*, gas ki badbu|bu|smell, badbu .. gas, gas phail*, rotten eggs
      गैस, fuga de gas, huele a gas, olor a gas, escape de gas`,
    except:
      'gas leak test*|detector|detection|drill|procedure, leak .. gas meter, gas station|meter|bill|mileage|price*',
  },
  {
    hazard: 'fire',
    critical: `
      fire, fires, fiire|fier|fyre|feuer, flame, flames, blaze|ablaze, burning, burns down, smoke, smoky|smokey, smoking .. machine|panel|motor|engine|cable|battery
      machine|panel|motor|engine|cable|battery|wire|it is? smoking, smoulder*, smolder*, up in flames, sprinkler* went|going off|on
      aag, agg lag*, aagg, dhua|dhuan|dhuaan|dhuya|dhunwa, jal raha|rahi|rahe, आग, धुआं, धुआँ, जल रहा, जल रही
      fuego, incendio|incendios, humo, llamas, se quema|esta, quemando|quemandose, arde|ardiendo`,
    except: `
      fire extinguisher*|alarm*|drill*|exit*|door*|system*|station*|department*|brigade*|truck*|hose*|warden*|blanket*|safety
      fire marshal*|panel*|sprinkler*|escape*|training|inspection*|point*|hydrant*|service*|protection|prevention|detector*|detection
      fire suppression|pump*|fighting|fighter*|rated|resistant|proof|wall|place|insurance|watch|permit*|code*|plan*|certificate*|bucket*|assembly|officer*|team
      smoke detector*|alarm*|break|free|test*|machine, no smoking, smoking area|break|room|zone, quit|stop|stopped smoking
      burning pain|sensation|feeling|eyes|when|calories|question|urine, eyes|eye|skin|throat|chest|face|hand|hands|nose is|are? burning
      inhaled|inhaling|breathed .. smoke, smoke inhalation, chok* on? smoke, burning up with, flame retardant, fuel is burning, se esta
      burned|burnt .. by? fire`,
  },
  {
    hazard: 'structural-collapse',
    critical: `
      @structure .. collapsed|collapsing|collapse|caved|caving, @structure .. gave way, elevator|lift|hoist|cage|load|container fell|dropped|crashed|plunged, @structure fell|falling|coming|came|tipped|toppled|overturned
      @structure is|has|are|have falling|fallen|tipped|toppled|overturned|coming, collapse* .. @structure, collapsed on
      cave in, caved in, buried under|alive|in|by, under .. rubble|debris, landslide|mudslide
      deewar|chhat|chat|imarat|building|divar gir*, malbe, derrumb*, se cayo el techo, se derrumb*`,
    except: 'ladder rack',
  },
  {
    hazard: 'earthquake',
    critical:
      'earthquake*, earth quake, tremor|tremors, ground|building|floor|everything is? shaking, bhukamp|bhookamp, भूकंप, terremoto|sismo|temblor',
  },
  {
    hazard: 'confined-space',
    critical: `
      collapsed|unconscious|passed|fainted|respond|responding|fell|fallen|stuck|trapped|answering|breathing|moving|motionless .. @tank
      man|worker|colleague|person|someone|somebody|friend .. down .. @tank, @tank .. collapsed|unconscious|fainted|stuck|trapped|unresponsive
      inside|in|into|from .. @tank .. not|no .. respond*|answer*|breath*|mov*|response, confined space .. emergency|rescue|accident|down|collapse*
      tank|tanki|gadhe|manhole|sewer mein|main|me .. behosh|gir*|phas*|fas*, cayo .. tanque|pozo|silo`,
    except: 'trapped air',
  },
  {
    hazard: 'electric-shock',
    alone: 'electric electricity electrical shock current bijli',
    critical: `
      electrocut*, electricut*, electric|electrical|electricity shock*, shocked by, got|getting|gets|had|received|has .. electric? shock, shock from
      touched|touching|grabbed|holding|hit .. live|wire|wires|cable|busbar|powerline, live wire*|cable*
      power|electric|overhead line* .. down|fell|fallen|touch*|hit|snapped, touched|touching|touches|hit|hitting|hits .. power|electric|overhead line*, fallen|downed|down power|electric line*|cable*
      stuck to .. wire|cable|panel|machine, arc flash*, struck by lightning, lightning struck|hit .. man|worker|him|her|someone|person
      current lag*|maar*|lga, current .. laga|lag|lagi|mara, bijli .. lagi|lag|laga|jhatka|current, jhatka lag*, karant|karent
      करंट, बिजली का झटका, descarga electrica, electrocut*, toco .. cable`,
    urgent:
      'sparking, sparks, spark .. panel|socket|wire|outlet|cable|switch, short circuit*, exposed|bare|naked|frayed wire*|cable*, high voltage',
    except:
      'in shock, shock absorber*, spark plug*, culture shock, live wire of the party, current|currently date|status|version',
  },
  {
    hazard: 'chemical-splash',
    critical: `
      splash* .. eye|eyes|face|skin|hand|hands|arm|arms|me|him|her|body|leg|legs|neck, sprayed .. eye|eyes|face|skin
      @corrosive .. in|on|into|onto|over|all .. eye|eyes|face|skin|hand|hands|arm|arms|body|leg|legs|foot|me|him|her|myself|neck|mouth
      eye|eyes|face|skin|hand|hands|arm|leg .. @corrosive, chemical burn*, acid attack, burned by|with acid|chemical*
      tezaab|tejab|tezab, aankh|aankhon|chehre .. acid|chemical|tezaab, acid|chemical .. aankh|aankhon|haath|chehre|sharir|pair
      तेज़ाब, तेजाब, acido|quimico .. ojo|ojos|cara|piel|mano, ojos|ojo .. acido|quimico*`,
    except: 'splash guard|back, acid level*|reflux|test',
  },
  {
    hazard: 'toxic-release',
    alone: 'chemical chemicals chlorine fumes',
    critical: `
      @toxic .. leak*|release*|releasing|discharge*|spill*|escap*|overflow*|vent|venting|cloud|vapor|vapour|fumes|smell*|everywhere
      leak*|release*|releasing|discharge*|spill*|escap*|smell*|cloud|fumes|inhaled|breathed|breathing|vapor|vapour .. @toxic
      toxic|poison|poisonous|chemical|chlorine|noxious|hazardous gas|gases|fumes|fume|cloud|vapor*|vapour*|smoke|smell|release*|leak*|vapors
      chemical|chemicals .. leak*|escap*|released|spill*|inside, spill*|leak*|release*|discharge* .. chemical|chemicals, vapor|vapour|yellow|green|brown|white|strange cloud, people|everybody|everyone|workers|all .. coughing, coughing .. eyes, fumes
      h2s|ammonia|chlorine|monoxide alarm|detector .. going|sounding|ringing|beeping, ammonia
      zehreeli|jahrili gas, rasayan* .. leak|gir*|phail*, अमोनिया, gas toxic*, fuga de amoniaco|cloro|quimic*, derrame quimico, vapores toxicos`,
    except:
      'ammonia level*|price*|delivery|order|inventory|storage|procedure, fume hood|extraction|cupboard',
  },
  {
    hazard: 'entrapment',
    critical: `
      trapped, entrapped, entrapment, caught|pulled|sucked|dragged|stuck|jammed in|into|under|between|by|on|inside|beneath .. @machine
      @limb .. caught|stuck|trapped|pulled|crushed|jammed|mangled, fell|fallen|dropped|landed|toppled|tipped on|onto .. @person|me|him|them|us|people, dropped .. on .. @person|me|him|them|us|people, @limb is|are|got|was in the? @machine, crushed|crushing, pinned, squashed
      stuck under|underneath|beneath|between, locked in|inside .. freezer|cold|room|tank|container|chamber, locked in
      @machine .. phas*|fas|fasa|fasi|phans*|fans*, phas|phans|fas|fans gaya|gayi|gaye, dab gaya|gayi|gaye, फंस, दब
      atrapad*, aplast*, pillad*`,
    urgent: 'stuck in .. elevator|lift, elevator|lift is? stuck',
    except:
      'steam trap*, trapped air|gas|wind, pinned message|post|comment|tweet, locked in .. price|rate, stuck in .. elevator|lift|traffic|meeting',
  },
];
