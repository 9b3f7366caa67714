import { authorizeSettings } from './authorize.ts';
import { parseJsonBody, type RestAnswer, type RestRequest } from './rest-exchange.ts';
import type { TriggerRegistry } from './triggers.ts';

/**
 * The administration that firebase-tools and the Admin SDK do over REST: uploading rules and
 * registering function triggers.
 * @throws DatabaseError
 */
export function answerSettings(request: RestRequest, triggers: TriggerRegistry): RestAnswer {
  const { client, method, pathname } = request;
  authorizeSettings(client);
  if (pathname === '/.settings/rules.json') return answerRules(request);
  if (pathname === '/.settings/functionTriggers.json' && method === 'POST') {
    triggers.register(parseJsonBody(request.body));
    return { status: 200, json: { status: 'ok' } };
  }
  return { status: 404, json: { error: `There is no setting ${method} ${pathname}.` } };
}

function answerRules({ body, database, method, parameters }: RestRequest): RestAnswer {
  const { rules } = database;
  if (method === 'GET') {
    const isStrict = parameters.get('format') === 'strict';
    return isStrict ? { status: 200, json: rules.toJson() } : { status: 200, text: rules.source };
  }
  if (method === 'PUT') {
    database.replaceRules(body);
    return { status: 200, json: { status: 'ok' } };
  }
  return { status: 405, json: { error: 'Rules can be read (GET) and replaced (PUT).' } };
}
