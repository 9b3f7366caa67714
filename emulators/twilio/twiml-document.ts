/**
 * TwiML as text, read strictly: what is not well-formed XML with a `Response` root is refused as
 * Twilio refuses it. Meaning is given to the elements in twiml-rules.ts.
 */
import { SaxesParser } from 'saxes';
import { type Fault, fault } from './faults.ts';

export interface TwimlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly TwimlElement[];
  /** Text of this element and everything in it, in order, as a voice would read it. */
  readonly text: string;
  /** Text that stands directly in this element. */
  readonly ownText: string;
}

/** Documents larger than this are not executed. */
export const LONGEST_DOCUMENT_IN_BYTES = 64 * 1024;

interface OpenElement {
  name: string;
  attributes: Record<string, string>;
  children: TwimlElement[];
  text: string;
  ownText: string;
}

/** @param url where the document came from, for the fault */
export function parseTwiml(
  document: string,
  url: string,
): { root: TwimlElement } | { fault: Fault } {
  const length = Buffer.byteLength(document);
  if (length > LONGEST_DOCUMENT_IN_BYTES) {
    const message = `the document has ${length} bytes; Twilio reads ${LONGEST_DOCUMENT_IN_BYTES}`;
    return { fault: fault('document-too-long', message, url) };
  }

  const open: OpenElement[] = [];
  let root: TwimlElement | undefined;
  const parser = new SaxesParser({ xmlns: false, position: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    open.push({
      name: tag.name,
      attributes: { ...tag.attributes },
      children: [],
      text: '',
      ownText: '',
    });
  });
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element === undefined) return;
    element.text += text;
    element.ownText += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) {
      root = element;
      return;
    }
    parent.children.push(element);
    // A substitute (<sub alias>) is spoken in place of what is written.
    parent.text += element.attributes.alias ?? element.text;
  });

  try {
    parser.write(document).close();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { fault: fault('invalid-xml', `not well-formed XML: ${message}`, url) };
  }
  if (root === undefined) {
    return { fault: fault('invalid-xml', 'the document has no element', url) };
  }
  if (root.name !== 'Response') {
    const message = `the root element is <${root.name}>, it must be <Response>`;
    return { fault: fault('wrong-root', message, url) };
  }
  return { root };
}
