import { z } from 'zod';

/**
 * The document that Twilio follows when no function answers: static, on Hosting, so that nothing
 * of ours has to run. It promises nobody (the dialled person may not answer) and ends in another
 * try, never in a hang-up. Set it as the number's fallback URL with method GET.
 */
export interface FallbackSettings {
  emergencyNumber: string;
  /** E.164. Who is dialled; without it nobody is. */
  humanNumber?: string | undefined;
}

/** Seconds that the person's phone rings. Longer, and a caller in danger waits for nothing. */
const RING_SECONDS = 25;

const Environment = z
  .object({
    EMERGENCY_NUMBER: z
      .string()
      .regex(/^\+?[0-9]{2,15}$/, 'must be 2 to 15 digits, for example 112')
      .default('112'),
    FALLBACK_HUMAN_NUMBER: z
      .string()
      .regex(/^\+[1-9][0-9]{6,14}$/, 'must be in E.164 form, for example +15550100009')
      .optional(),
  })
  .transform(({ EMERGENCY_NUMBER, FALLBACK_HUMAN_NUMBER }) => ({
    emergencyNumber: EMERGENCY_NUMBER,
    humanNumber: FALLBACK_HUMAN_NUMBER,
  }));

/** Empty variables count as absent. Throws one Error that names every variable that is wrong. */
export function readFallbackSettings(
  environment: Readonly<Record<string, string | undefined>>,
): FallbackSettings {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const settings = Environment.safeParse(Object.fromEntries(present));
  if (settings.success) return settings.data;
  const faults = settings.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new Error(`Twilio's fallback document can't be built: ${faults.join('; ')}.`);
}

/** TwiML. */
export function fallbackDocument({ emergencyNumber, humanNumber }: FallbackSettings): string {
  const number = digitByDigit(emergencyNumber);
  const verbs = [
    say(
      'This is Aurora. I cannot answer as I should at this moment. ' +
        'Move away from danger if you can. ' +
        `If anyone is in danger, hang up and call ${number} now. I repeat: call ${number}.`,
    ),
    ...(humanNumber === undefined
      ? []
      : [
          say('If you can wait, stay on the line. I am trying to reach a person.'),
          `<Dial timeout="${RING_SECONDS}"><Number>${escapeXml(humanNumber)}</Number></Dial>`,
          say(`If you still need help, stay on the line. In an emergency, call ${number}.`),
        ]),
    say('I am starting again.'),
    '<Redirect method="POST">/incoming-call</Redirect>',
  ];
  const lines = verbs.map((verb) => `  ${verb}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n${lines}</Response>\n`;
}

/** TwiML for a message that no function answers. Set it as the number's message fallback, by GET. */
export function textFallbackDocument({ emergencyNumber }: FallbackSettings): string {
  const text =
    'This is Aurora. I cannot answer as I should at this moment. Move away from danger if you can. ' +
    `If anyone is in danger, call ${emergencyNumber} now. Else send your message again.`;
  const message = `<Message>${escapeXml(text)}</Message>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n  ${message}\n</Response>\n`;
}

function say(text: string): string {
  return `<Say>${escapeXml(text)}</Say>`;
}

/** `112` would be read as one hundred and twelve. */
function digitByDigit(number: string): string {
  return number.replace('+', 'plus').replace(/(?<=.)(?=[0-9])/g, ' ');
}

/** Text as it may stand between tags or in an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
