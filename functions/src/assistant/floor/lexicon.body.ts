import type { HazardCues } from './lexicon.ts';

/** Hazards of a body. Their order is the order of help when several are named at once. */
export const BODY_HAZARDS: readonly HazardCues[] = [
  {
    hazard: 'cardiac-arrest',
    critical: `
      not breathing, is|does|do|are|am|he|she not breath*, not .. taking breaths|a breath, stopped|stops|stop breathing, no breathing, without breathing
      no pulse|heartbeat, without pulse, pulse is? gone, heart .. stopped|stop, cardiac arrest, need|start|starting|doing|do|give|giving cpr
      he|she|man|woman|worker|colleague|person|friend|somebody|someone|they|operator|father|brother .. is|are? dead|dying
      saans|sans|saas nahi|nahin|nhi le|leta|leti|chal, saans band|ruk*, dhadkan band|nahi|ruk*, nabz nahi, सांस नहीं ले, साँस नहीं ले
      no respira, dejo de respirar, sin pulso, paro cardiaco, esta|se muriendo, se muere`,
    except: `not breathing well|properly|right|good|enough, i am not breathing, cpr training|course|class|certif*, dead battery|line|phone|end|line|zone
      phone|battery|machine|engine|motor|line|radio|computer is? dead|dying, dead tired, no respira bien`,
  },
  {
    hazard: 'choking',
    critical: `
      choking, choked, choke, chocking, stuck .. throat, throat|airway .. blocked, heimlich, gale mein .. atak*|phas*|fas*, gala .. atak*
      atragant*, se atraganta`,
    except:
      'choke point*|valve*, choking on .. smoke|fumes|gas|dust, engine choke, choke is? open|closed, choking hazard',
  },
  {
    hazard: 'bleeding',
    critical: `
      bleeding, bleeds, bleed|bledding|bleding|bleedin, hemorrhag*, haemorrhag*, blood
      arterial|artery, stuck|embedded|lodged|impaled in|through .. neck|chest|belly|stomach|abdomen|head|leg|thigh|arm|back, amputat*, severed, impaled, deep cut|wound|gash|cuts|wounds, cut .. deep|deeply
      @limb .. cut|chopped|ripped|torn|sliced|came|taken off, cut|chopped|sliced|ripped|tore|took off .. @limb, lost .. finger|fingers|hand|arm|leg|thumb|foot|toe
      khoon|khun|khoonn, rakt, lahu, खून, sangre, sangra|sangrando|sangrado, desangr*, hemorragia, ungli|ungliyan|haath|pair kat*`,
    except: `bleeding a? little|bit|slightly, slight|little|minor|small bleeding, nose is? bleeding|bleed*, nosebleed*, gums bleed*, bleeding gums|edge|heart
      bleeding off .. valve|line|pressure|gas|steam|system|tank|air, bleeding air, bleeding the? brakes|valve|radiator|line|system|pressure, bleed valve*|screw*|air|off|the brakes|brakes, stopped bleeding, bleeding has? stopped
      blood pressure|test*|donation|donor*|sugar|group|type|bank|sample*|work|count|report, no blood, khoon ki jaanch`,
  },
  {
    hazard: 'drowning',
    critical: `
      drowning, drowned, drown, fell|fallen|pulled|jumped|slipped|swept in|into .. water|river|pond|canal|pool|lake|sea|dock|harbor|harbour|basin
      can|could not swim, overboard, doob|dub raha|rahi|rahe|gaya, pani mein .. gir*|doob*, डूब, ahogando|ahogandose|ahogo`,
    except: 'drowning in .. work|paper*|email*|debt|calls, me ahogo',
  },
  {
    hazard: 'allergic-reaction',
    critical: `
      anaphyla*, allergic reaction|shock, face|throat|tongue|lips|neck .. swelling|swollen|swells|swelled|swell, throat .. closing|tight*|closes, swollen .. tongue|throat|lips|face
      epipen, epi pen, allergic .. breath*|swell*|swollen|sting|stung, stung .. swell*|swollen|breath*, gala|chehra soojh*|suj*, reaccion alergica, garganta .. cerr*`,
    urgent: 'stung by, bee|wasp sting*, allerg*',
  },
  {
    hazard: 'breathing-difficulty',
    alone: 'breathing breath breathe air',
    critical: `
      can|could|cant|cannt not? breathe|breath|breathing|breth|brethe, can not .. breath*, hard|difficult|difficulty|difficulties|trouble|struggl*|hardly|barely|problem|problems|unable|issues .. breath*
      breath* .. hard|difficult*|trouble|badly|problem*|struggl*|heavily|heavy|fast|shallow|painful, short|shortness|out of breath, short breath, gasping, gasps, suffocat*, asthma
      not .. take|get|catch|taking|getting|catching .. breath|air|oxygen, not breathing well|properly|right|good|enough, i am not breathing, hurts .. breath*, pain|hurt .. breath*, no air|oxygen
      wheez*, turning|turned|going|gone|lips|face blue|purple|grey|gray, saans|sans|saas nahi|nahin|nhi, saans|sans .. takleef|dikkat|problem|phool*|atak*|mushkil, dam|dum ghut*
      सांस नहीं, साँस नहीं, सांस, no puedo respirar, no puede respirar, no .. respirar, dificultad .. respirar, me ahogo, falta .. aire`,
    except:
      'no air conditioning|con, breathing apparatus|exercise*, short of breath test, hold* .. breath, breath test*|alcohol, take your breath, hard to breathe life',
  },
  {
    hazard: 'smoke-inhalation',
    critical: `
      inhaled|inhaling|breathed|breathing|swallowed .. smoke|fumes|gas|vapor*|vapour*|dust, smoke inhalation, chok* on .. smoke|fumes|gas|dust
      carbon monoxide, co poisoning|alarm, gassed, overcome by .. fumes|smoke|gas, fumes .. sick|dizzy|headache|faint, inhalo .. humo|gas|gases`,
    except: 'carbon monoxide detector|sensor|test*',
  },
  {
    hazard: 'poisoning',
    critical: `
      poison, poisoned, poisoning, drank|drunk|swallowed|ingested|ate|drinking .. acid|bleach|chemical*|cleaner|pesticide|insecticide|fuel|petrol|gasoline|kerosene|diesel|solvent|thinner|antifreeze|methanol|pills|tablets|medicine|detergent|cleaning|liquid|fluid|paint|glue|coolant, too many|much pills|tablets|medicine
      overdos*, zeher|zahar|jeher|zehar, kitnashak, ज़हर, जहर, veneno|envenen*, intoxica*`,
    except: 'poison ivy, food poisoning, carbon monoxide poisoning, lead poisoning test',
  },
  {
    hazard: 'snake-bite',
    critical:
      'snake .. bit|bite|bites|bitten|attack*, bit|bitten .. snake|scorpion|cobra|viper|krait, snakebite*, scorpion, saanp|sanp .. kata|kaat*|kat*|das*, सांप, mordedura de serpiente|vibora, mordio .. serpiente|vibora|culebra',
  },
  {
    hazard: 'heart-attack',
    critical: `
      heart attack*, heartattack, chest pain*, pain* .. chest, chest .. hurt*|pain*|tight*|pressure|heavy|squeez*|crush*|ach*|burning|discomfort, hurt* .. chest
      tight|tightness|pressure|ache|squeezing|heaviness|discomfort|heavy|hurts|sitting|weight|stone|elephant .. chest, pain* .. left arm|shoulder, pain* .. jaw .. arm, left arm .. numb|pain*|hurt*|ach*, angina
      seene|sine|chhati|chati .. dard|dabav, dil ka daura|dora, heart attack aa*, सीने में दर्द, दिल का दौरा, dolor .. pecho, infarto, ataque al corazon, duele el pecho`,
    urgent: 'palpitation*, heart .. racing|pounding|fast',
    except:
      'treasure chest, chest height|level|infection history, heart attack when|if .. saw|see|bill',
  },
  {
    hazard: 'stroke',
    critical: `
      stroke, face .. droop*|drop*|crooked|one side, slurr*, speech .. strange|slurred|gone|confused, can not speak|talk, one side .. numb|weak|paraly*|move
      arm|leg|side|face .. numb|paraly*, paralys*|paralyz*, lakwa|lakva|paralysis, लकवा, derrame cerebral, ictus`,
    except:
      'heat|sun|two|four|2|4|piston|full|back|brush|key stroke, stroke length|sensor|of|speed|limit, stroke .. cylinder|piston|engine|pump, can not talk now|right',
  },
  {
    hazard: 'unconscious',
    critical: `
      unconscious*, unconsious|unconcious|unconshus|uncon, unresponsive, not conscious, @person|he|she|him|her|they .. not .. respond|responding|responsive|moving|move|waking|wake|awake|answering
      can not wake .. up|him|her|them, not waking|wake up, will not wake, passed out, collapsed, collapsing, collapses, blacked out, knocked out, knocked unconscious, lost consciousness|conscious, loss of consciousness
      lifeless, motionless, out cold, man|worker|person|colleague|woman|guy|someone|somebody|operator down, dead man|woman|person|worker|people, no response from .. @person|him|her, lying .. not .. mov*
      lying .. ground|floor .. @person, @person|he|she|someone|somebody .. lying|laying on .. ground|floor, body on .. floor|ground, found .. body, dead body
      behosh|behos|behoshi, hosh nahi|mein|me, hosh kho*, बेहोश, desmay*, inconsciente, no responde, se desplom*, no despierta`,
    except: `collapsed .. section|menu|view|window|folder, passed out .. flyer*|leaflet*|form*|paper*, unconscious bias, dead man switch|handle|brake|pedal, slow down, calm down
      @structure .. collapsed|collapsing, collapsed .. @structure`,
  },
  {
    hazard: 'seizure',
    critical:
      'seizure*, convuls*, epilep*, having .. fit|fits, had a fit, shaking uncontroll*, jerking .. floor|ground|body, foam* .. mouth, mirgi|mirgee, daura pad*|aa*, मिर्गी, ataque epileptico, convulsion*',
    except: 'seizure of .. goods|asset*|property',
  },
  {
    hazard: 'self-harm',
    critical: `
      suicid*, kill|killing myself, want|wants|wanted|like to die, end|ending my|his|her life, take|taking my|his|her own? life, better off dead, not want to live, not want to be alive
      want|wants|going|will|gonna to? hurt|harm|cut|kill myself|himself|herself, hang* myself|himself|herself, jump off|from .. roof|building|bridge|tower
      atmahatya|aatmahatya|khudkushi, mar jana chahta|chahti, आत्महत्या, quiero morir|morirme, matarme, suicidar*`,
    except: 'suicide prevention|training|door*|burnout',
  },
  {
    hazard: 'heat-stroke',
    critical: `
      heat stroke*, heatstroke, sun stroke, sunstroke, hot|heat|sun .. confused|collaps*|faint*|unconscious|delirious, overheated and, golpe de calor, insolacion, loo lag*, लू लग`,
    urgent:
      'heat exhaustion, dizzy|weak|sick|cramps|vomit*|nause* .. heat|hot|sun, heat|hot|sun .. dizzy|weak|sick|cramps|vomit*|nause*, too hot to work, agotamiento por calor',
  },
  {
    hazard: 'burns',
    critical: `
      burned|burnt|burns|burn|burning .. face|hand|hands|arm|arms|leg|legs|skin|body|badly|myself|himself|herself|feet|foot|neck|back|finger|fingers, badly|severely|severe|serious|degree|bad|terrible burn*
      scald*, boiling|hot|molten water|oil|steam|metal|tar|liquid|steel|fat .. on|over|hit|sprayed|splash*|spilled|fell|burn*, hand|arm|face|leg|skin|hands .. burned|burnt|burns|burn, got|was|been|is burned|burnt, burned by|with|from
      steam burn*, burn victim|injur*, skin .. peeling|melted|charred, jal gaya|gayi|gaye, haath|hath|pair|chehra|muh .. jal, quemadura*, quemado|quemada, se quemo, me queme`,
    except: `small|minor|slight|little burn*, burn* out, sunburn*, heart burn*, sunburn, burn* calories|fat|time|money|cd|dvd|rubber|fuel, got burned out
      eyes|eye|throat|nose .. burn*, burn rate, burn in, feel the burn`,
  },
  {
    hazard: 'fall',
    critical: `
      fell|fallen|falls|falling|fall|dropped|slipped|jumped from|off|through|down .. ladder|roof|height|scaffold*|platform|crane|mezzanine|stairs|stairway|staircase|truck|tower|floor|beam|hole|shaft|edge|rack|building|tree|pole|gantry|bridge|ceiling|catwalk|tank|lift|wall|hatch
      fell|fallen .. meter|meters|metre|metres|feet|foot|floors|stories|storeys, fall from, fallen from, fell from, fell off, hanging from|in|by .. harness|rope|scaffold*|edge|ladder
      can not feel|move .. leg|legs|arm|arms|body|feet, neck|spine|spinal|backbone|pelvis|hip is|was? broken|injur*|fractur*, broken|broke|fractured .. neck|back|spine|pelvis|hip|skull, spinal
      sidi|seedhi|sidhi|chhat|chat|upar|uchai|unchai|oonchai se .. gir*, gir|gira|giri .. chhat|sidi|seedhi|upar|uchai|unchai, scaffolding se gir*, se cayo|caido .. techo|escalera|andamio|altura|metros`,
    except:
      'fell off .. radar|list|schedule|table|desk|shelf, fell|fall from .. grace|bike history, falling behind',
  },
  {
    hazard: 'head-injury',
    critical: `
      head injur*, head trauma, skull, hit|struck|hits .. face, fell|dropped|landed|falling|hit|struck .. on .. his|her|my|the? head, head is|was bleeding|crushed|split|open, brain injur*, hit|struck .. head .. unconscious|vomit*|confused|dizzy|blood
      sar|sir|sarr .. phat*|phut*, sar|sir .. khoon, sir mein chot, sar|sir par .. gir*|lag*|chot`,
    urgent:
      'hit|banged|bumped|knocked|struck|hurt .. head, concuss*, head .. hurt*|pain*, golpe .. cabeza',
    except: 'heads up, head office|count|quarters|phones|set, hit the nail',
  },
  {
    hazard: 'eye-injury',
    urgent: `
      eye|eyes|aankh|aankhon .. hurt*|pain*|injur*|burning|burn|burns|stuck|metal|dust|something|red|cut|bleed*|dard|swollen|poked|irritat*, something|metal|dust|grit|debris|glass|spark|splinter|shaving* .. eye|eyes
      welding flash, arc eye, flash burn, can not see, cannot see, blinded, going blind, lost .. sight|vision, vision .. blurr*|blurry, poked .. eye, ojo|ojos .. duele*|metal|polvo|algo, aankh|aankhon mein .. kuch|gir*|gay*`,
    except: 'private eye, can not see .. screen|button|menu|account|email|message*|report|file',
  },
  {
    hazard: 'fainting',
    urgent:
      'faint|fainted|fainting|faints, light headed|headed, lightheaded, going to pass out, feel dizzy, dizzy|dizziness, chakkar, चक्कर, maread*|mareo',
    except: 'faint smell|noise|light|sound|line|hope',
  },
  {
    hazard: 'injury',
    urgent: `
      injur*, wound, wounds, wounded, hurt, hurts, hurting, twisted|twist|rolled|sprain*|strain* .. ankle|wrist|knee|back|foot|leg|arm, sprain*, fractur*, broken|broke|break .. bone|arm|leg|wrist|ankle|finger|rib|ribs|nose|collarbone|foot|hand|toe|elbow|shoulder|tooth
      ankle|wrist|knee|elbow|shoulder .. twisted|sprained|swollen|broken|hurt*, dislocat*, cut .. finger|hand|arm|leg|foot|thumb|myself|himself|herself|face|head|palm, small|minor cut|burn|wound|bleeding, bleeding a? little|bit|slightly, nose is? bleed*, nosebleed*, bruis*, stitches, swollen|swelling, bit|bitten by|me|him|her
      i|he|she|we|they|someone|somebody|worker|colleague .. fell|slipped|tripped|fallen|stumbled, fall|fell|falling down|over, slipped on|and, tripped over, infected|infection, nail .. foot|hand, pulled a muscle, chot, gir gaya|gayi, zakhm*|jakhm*|ghayal
      चोट, घायल, गिर गया, herid*|lesion*|lastimad*, me cai, se cayo, fracturad*, golpead*, crooked`,
    except:
      'fell asleep|behind|through|short|in love, hurt .. feelings|business|sales|profit, tripped .. breaker|fuse, breaker tripped, injury report|form|rate|statistics, cut .. cost|budget|power|price',
  },
  {
    hazard: 'illness',
    urgent: `
      pain, pains, painful, ache|aches|aching, back|stomach|head|tooth ache, headache*, backache, stomach|belly|abdom* .. cramp*|pain*|ache*|hurt*, back is killing me, head is killing me, vomit*, throwing up, threw up, nausea*|nauseous|nauseated
      fever, unwell, feel|feels|feeling|felt .. sick|ill|unwell|terrible|awful|strange|weird|numb, is sick|ill, are sick|ill, cramp*, migraine, diarrh*, food poisoning, low|high .. sugar|blood pressure, diabet*, hypogly*, confused, panic attack*, chills
      health problems, pregnan*, labor pains|labour, dard, bukhar, ulti|ultiyan, tabiyat|tabiat kharab, bimar|beemar, दर्द, बुखार, dolor|duele, vomit*, fiebre, me siento mal, enferm*, chakkar aa*`,
    except:
      'pain point*|relief|killer*|in the neck|ass, no pain no gain, sick leave|day*|pay|note, not feeling well? about, a pain to|that',
  },
];
