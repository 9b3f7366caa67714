import type { Wording } from './wording.ts';

/** Spanish that is understood in Spain and in America; `usted` throughout. */
export const spanish: Wording = {
  language: 'es',
  reviewed: 'nobody yet',
  sentences: {
    callNow: 'Llame ahora al {emergency_number}.',
    marked: 'He marcado esta llamada para sus supervisores.',
    reaching: 'Estoy intentando localizar a una persona para usted.',
    getAway: 'Aléjese del peligro si puede.',
    whatHappens: '¿Qué está pasando, y dónde está usted?',
    stayOnLine: 'No cuelgue.',
    inDanger: 'Entiendo, está usted en peligro.',
    safe: 'Qué bien que está a salvo. No vuelva hasta que lo hayan revisado. Esta línea sigue abierta.',
    safeQuestion: '¿Hay heridos o falta alguien? Pulse 1 si vuelve el peligro.',
    person:
      'He marcado esta llamada para sus supervisores, pero no puedo decir cuándo responde alguno. No cuelgue.',
    personTried:
      'Estoy intentando localizar a una persona, pero no puedo decir cuándo responde. No cuelgue.',
    personQuestion:
      'Si alguien está en peligro, llame ahora al {emergency_number}. ¿Qué está pasando?',
    who: 'Soy Aurora, una línea automática de emergencias. Leo del manual de emergencias y no soy una persona. Dígame qué ha pasado, o pulse 1 si está en peligro.',
    number:
      'El número de emergencias aquí es el {emergency_number}. Llame ahora si alguien está en peligro.',
    thanks: 'Esta línea sigue abierta. Pulse 1 si está en peligro, o dígame qué ha cambiado.',
    noAnswer: 'No tengo respuesta para eso.',
    here: 'Le escucho.',
    notHappening: '¿Está pasando ahora? Pulse 1 si es así.',
    notAsked: 'De acuerdo. Dígame en pocas palabras qué está pasando. Pulse 1 si está en peligro.',
    onlyWhereSafe: 'Solo donde usted está a salvo de este peligro, {hazard}:',
    didYouSay: '¿Ha dicho {hazard}? Pulse 1 si es así, o repítalo.',
    meanwhile: 'Si está en peligro, aléjese y llame ahora al {emergency_number}.',
    also: 'Entiendo, también {hazard}.',
    understoodNo: 'Entiendo: no hay {hazard}.',
    understoodOver: 'Entiendo: ya ha pasado.',
    confirm: 'He entendido: {hazard}, {place}. ¿Es correcto?',
    notConfirmed: 'Perdone. ¿Qué ha pasado, y dónde exactamente?',
    slower: 'Hablaré más despacio.',
    helpHere: 'Qué bien que ya están ahí. Cuénteles lo que ha pasado. Esta línea sigue abierta.',
    falseAlarm: 'Entiendo, una falsa alarma. Si algo es real, pulse 1.',
    wrongNumber:
      'Esta es la línea de emergencia de un centro de trabajo. Si nadie está en peligro, puede colgar. Si alguien lo está, pulse 1.',
    keepFree: 'Si no ha pasado nada, deje libre esta línea, por favor. Si algo es real, pulse 1.',
    notAtHand: 'No tengo aquí el manual propio de su centro, así que leo del general.',
    forPerson: 'Pulse 9 para pedir una persona, o 1 si hay peligro.',
    drill: 'Entiendo, es un simulacro o una prueba. Si algo es real, pulse 1.',
  },
  variants: {
    greeting: [
      'Soy Aurora. Dígame en pocas palabras qué ha pasado. Si está en peligro, pulse 1.',
      'Le escucho. ¿Qué ha pasado? Si está en peligro, pulse 1.',
    ],
    unknown: [
      'No tengo respuesta para eso en el manual de emergencias. ¿Hay heridos o alguien en peligro? Pulse 1 si hay peligro, o 9 para pedir una persona.',
      'El manual de emergencias no trata eso. ¿Ve fuego, humo o gas, o hay algún herido? Pulse 9 para pedir una persona.',
    ],
    noted: ['Gracias.', 'Entendido.'],
    calm: ['Le oigo.', 'Le escucho. Una cosa cada vez.'],
    where: ['¿Dónde está exactamente?', '¿Qué edificio, planta o puerta es?'],
    hazard: ['¿Qué ha pasado?', '¿Cuál es el peligro: fuego, gas, una máquina o alguien herido?'],
    injured: ['¿Hay alguien herido?', '¿Cuántas personas están heridas?'],
    trapped: ['¿Hay alguien atrapado o desaparecido?', '¿Queda alguien dentro?'],
    callback: [
      '¿Desde qué número llama?',
      'Si se corta la llamada, ¿en qué número se le puede encontrar?',
    ],
    notHeard: [
      'No le he oído bien. Repítalo con otras palabras, por favor, o pulse 1 si está en peligro.',
      'Sigo sin oírle bien. Diga una sola palabra, como fuego, gas o sangre. Pulse 1 si hay peligro, 9 para pedir una persona.',
    ],
    end: [
      'Esos son todos los pasos que tengo. No cuelgue. ¿Qué ha cambiado?',
      'Siga como le he dicho, y dígame si algo empeora. Pulse 0 para oír otra vez lo último.',
      'Sigo aquí. ¿Hay heridos, o hay otro peligro? Pulse 9 para pedir una persona.',
    ],
  },
  line: {
    greeting:
      'Soy Aurora, la línea de seguridad. Dígame qué ha pasado y dónde está. Si está en peligro, pulse 1. Si una vida corre peligro, llame también al {emergency_number}.',
    offer: 'Para español, pulse {key}.',
    silent: [
      'No le he oído. Dígame qué ha pasado, o pulse 1 si está en peligro y 2 si está a salvo.',
      '¿Está ahí? Si no puede hablar, pulse una de estas teclas: 1 si hay peligro, 9 para pedir una persona.',
      'Sigo en la línea y he marcado esta llamada como urgente. Si puede, aléjese del peligro. Si alguien está en peligro, llame al {emergency_number}. Hable o pulse 1 en cualquier momento.',
    ],
    moment: 'Un momento. Usted sigue en la línea.',
    switched: 'Ahora le escucho en español. ¿Qué ha pasado, y dónde está?',
    goodbye: 'Gracias por llamar. Cuídese. Adiós.',
    calledBack:
      'Soy Aurora, la línea de seguridad. Se ha cortado nuestra llamada y por eso le llamo. Si está en peligro, pulse 1. Si está a salvo, pulse 2.',
    anybody: 'Soy Aurora, le devuelvo la llamada. Si me oye, pulse 1.',
    silentText:
      'Soy Aurora, la línea de seguridad. No le oigo. Responda 1 si está en peligro, 2 si está a salvo. Si una vida corre peligro, llame al {emergency_number}.',
    lostText:
      'Soy Aurora, la línea de seguridad. Se ha cortado nuestra llamada. Quédese junto al teléfono si no corre peligro, o llame otra vez a este número. Responda 1 si está en peligro, 2 si está a salvo. Si una vida corre peligro, llame al {emergency_number}.',
    nobody:
      'Todavía no me ha respondido nadie. Si alguien está en peligro, llame ahora al {emergency_number}. Sigo en la línea.',
    dialling: 'Estoy llamando al {emergency_number} por usted. No cuelgue.',
    backFromDialling: 'Habla de nuevo con Aurora. ¿Qué ha cambiado?',
    notConnected:
      'No he podido conectar con el {emergency_number}. Si puede, llame usted desde otro teléfono. Sigo en la línea. ¿Qué ha cambiado?',
    taken:
      'Un supervisor ha tomado esta llamada. Ahora guardo silencio. Siga hablando y no cuelgue.',
    open: 'Esta línea está abierta. Hable en cualquier momento.',
    says: 'Su supervisor dice:',
    back: 'Soy Aurora otra vez.',
  },
};
