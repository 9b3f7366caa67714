import MessagingResponse from 'twilio/lib/twiml/MessagingResponse.js';

/** Each text is one message; none at all is an answer too. Twilio tells `statusCallback` what became of them. */
export function replyWith(texts: readonly string[], statusCallback?: string): string {
  const response = new MessagingResponse();
  for (const text of texts) {
    const words = sendable(text);
    if (words === '') continue;
    response.message(statusCallback === undefined ? {} : { statusCallback }, words);
  }
  return response.toString();
}

/** The TwiML builder throws on control characters and lone surrogates; a line break may stay. */
function sendable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\uFFFE\uFFFF]|(?!\n)\p{Cc}/gu, ' ')
    .trim();
}
