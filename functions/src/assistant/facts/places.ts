import { setOf } from './said.ts';

/**
 * The words by which callers say where they are, in English, Hindi (both scripts) and Spanish. Hindi
 * speakers use the English names of most places. Anybody who knows a site can read and correct them.
 */

/** Tell where without anything more: "in the canteen". */
export const NAMED =
  setOf(`canteen kitchen toilet toilets washroom restroom basement roof rooftop terrace attic
  warehouse stores storeroom workshop office laboratory lab reception lobby corridor staircase stairwell stairs lift
  elevator yard courtyard carpark garage dock jetty pier quay depot pantry cafeteria mess gatehouse powerhouse
  substation switchyard switchroom weighbridge toolroom foundry smithy penthouse mezzanine scaffold scaffolding
  scaffolds entrance exit porch playground helipad cellar infirmary crematorium nursery cabin guardroom
  manhole sewer stockyard scrapyard tailings adit portal gantry catwalk
  godown godam chhat tehkhana rasoi sidhi seedhi daftar darwaza darwaze aangan karkhane karkhana
  गोदाम छत तहखाना तहखाने रसोई कैंटीन सीढ़ी सीढ़ियों दफ्तर ऑफिस वर्कशॉप बेसमेंट दरवाजे आंगन गैरेज शौचालय लिफ्ट
  almacen bodega taller oficina comedor cocina baño baños sotano techo azotea muelle patio vestuario recepcion
  pasillo escalera escaleras ascensor estacionamiento entrada salida laboratorio subestacion caldera`);

/** Machines and plant beside which somebody is: "near the boiler". */
export const PLANT =
  setOf(`boiler furnace kiln compressor transformer generator genset conveyor crane reactor turbine
  lathe press mixer oven crusher grinder extruder chiller chimney chimneys stack incinerator autoclave digester
  evaporator centrifuge dryer drier shredder baler palletizer robot forge smelter scrubber flare manifold pump pumps
  switchboard panel panels mcc transformers ladle crucible column escalator hoist substations sprinkler
  बॉयलर भट्टी भट्ठी कंप्रेसर ट्रांसफार्मर जनरेटर क्रेन मशीन bhatti bhatthi
  horno grua prensa compresor transformador generador cinta turbina bomba torno maquina`);

/** Words that are also what somebody does: "press 1". */
export const VERBS = setOf('press pump pumps point post house field crusher board shelf bridge');

/** Tell where only with a number, a letter or a name: "hall 3", "paint shop", "second floor". */
export const NUMBERED =
  setOf(`hall room building block shed shop floor gate line bay area zone plant unit section
  sector department station cell aisle rack shelf platform deck level wing tower tank machine pit shaft mine tunnel
  seam gallery trench silo door dock berth ramp road street lane avenue highway track siding field hangar store storey
  house ward hub site factory refinery mill quarry well rig bridge vessel barge container trailer compartment bench
  position post point row corner side end plot sheds zones lines camp hostel apartment flat gully cluster phase pond
  kamra kamre manzil manjil tala tal ilaka khand
  हॉल हाल कमरा कमरे मंजिल गेट लाइन शेड शॉप बिल्डिंग यूनिट प्लांट सेक्शन ज़ोन जोन एरिया प्लेटफॉर्म टैंक फ्लोर रूम ब्लॉक
  nave sala edificio piso planta linea puerta zona sector bloque galpon cuarto tanque pozo mina tunel nivel andamio
  seccion modulo porton calle area pabellon deposito foso zanja`);

/** Not even a guess without a number or a name: a caller stays on the line and lies on the floor. */
export const NEVER_ALONE =
  setOf(`floor line level point position side end post house road street field well track row
  corner shop unit cell bench store shelf door phase seam wing
  nivel piso linea calle puerta लाइन फ्लोर मंजिल tal tala darwaza darwaze`);

/** Names that make a numbered place one place: "paint shop", "boiler room", "north gate". */
export const NAMES =
  setOf(`paint painting welding weld press machine boiler control pump compressor electrical server
  locker changing packing packaging assembly storage raw material materials finished goods loading unloading dispatch
  tool maintenance spray body casting moulding molding rolling melting coating mixing battery chemical hazardous cold
  tank cooling meter generator transformer engine fan switch panel test testing quality inspection shipping receiving
  receipt dyeing spinning weaving cutting sewing grinding milling drying baking bottling filling blending extrusion
  galvanizing plating pickling annealing forging stamping heat treatment powder power water waste effluent sewage fuel
  diesel gas oil acid ammonia chlorine chlorination solvent scrap coal ash lime cement clinker sugar steam utility
  utilities process production main front back rear side east west north south eastern western northern southern
  upper lower left right emergency fire visitor visitors security staff workers tea lunch training meeting conference
  board store stores car truck lorry bus parking bicycle cycle crusher conveyor furnace blast kiln smelter ball rod
  clean dark x-ray xray sterile first-aid medical dispensary compression injection dye print printing press-shop
  pintura pinturas calderas maquinas control bombas carga descarga norte sur este oeste principal
  पेंट कंट्रोल बॉयलर मेन पंप पावर`);

/** Say nothing about which place it is. */
export const NO_NAMES =
  setOf(`big small old new other same whole entire next last another this that my our your his her
  their its any some every each all a an the one very wrong right-hand burning
  dusre wale यह ye is us mere hamare gran grande otro otra mismo misma mi nuestro nuestra su`);

/** Before a place; where it is dropped, the place says as much without it. */
export const PLAIN_PREPOSITIONS = setOf('in at on over inside into within from en desde');
/** Before a place; without it the place would be another one. One to three words, joined by a space. */
export const RELATIONS: readonly string[] = [
  ...'near nearby beside behind under underneath above below outside opposite by around beneath between beyond'.split(
    ' ',
  ),
  ...['next to', 'close to', 'in front of', 'on top of', 'at the back of', 'at the end of'],
  ...['at the bottom of', 'at the top of', 'in the corner of', 'across from', 'adjacent to'],
  ...['cerca de', 'cerca del', 'junto a', 'junto al', 'al lado de', 'al lado del', 'detras de'],
  ...['detras del', 'frente a', 'frente al', 'debajo de', 'debajo del', 'dentro de', 'dentro del'],
  ...['fuera de', 'encima de', 'atras de', 'atras del', 'entre', 'sobre'],
];
/** Somebody goes there; what has happened is elsewhere. */
export const WAYS = setOf('to towards toward through via past hacia hasta');

/** After a place in Hindi; dropped like "in". */
export const PLAIN_POSTPOSITIONS = setOf(
  'mein mai main me mei m par pe per pr में मे मै पर पे से se wale वाले',
);
/** After a place in Hindi, after "ke"; kept like "near". */
export const RELATIONS_AFTER =
  setOf(`paas pas pass andar bahar baahar saamne samne neeche niche upar oopar peeche piche
  bagal nazdeek najdik kinare beech paas-mein पास अंदर बाहर सामने नीचे ऊपर पीछे बगल नजदीक किनारे बीच`);
export const KE = setOf('ke ki k के की');

export const ARTICLES = setOf('the a an our my el la los las un una mi nuestra nuestro');
export const NUMBER_SIGNS = setOf('number no nr num nambar numbr नंबर नम्बर numero nro');
/** May stand between two parts of one place. */
export const BETWEEN_PARTS =
  setOf(`in at on of the near by inside next to en de del la el los las al junto cerca ke ki ka
  mein me par paas andar wale में के की का पर पास अंदर वाले`);

/** Letters and their names that may follow: "zone B", "bay alpha". */
export const LETTERS = setOf(
  'b c d e f g h j k l m n p q r s t u v w x z alpha bravo charlie delta echo foxtrot beta gamma',
);
