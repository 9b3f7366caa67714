import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFirestoreServer, type FirestoreOptions, type FirestoreServer } from './server.ts';
import { type AdminClient, createAdminClient } from './testing/admin-client.ts';
import { createGrpcClient, type GrpcClient } from './testing/grpc-client.ts';
import { listenTo } from './testing/snapshots.ts';
import type { ListDocumentsResponse, ListenResponse } from './wire/messages.ts';

const DATABASE = 'projects/demo-server/databases/(default)';
const DOCUMENTS = `${DATABASE}/documents`;

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startServer(options?: FirestoreOptions): Promise<FirestoreServer> {
  const server = createFirestoreServer(options);
  await server.start();
  closing.push(server.stop);
  return server;
}

function connect(server: FirestoreServer): AdminClient {
  const client = createAdminClient(`${server.host}:${server.port}`, 'demo-server');
  closing.push(client.close);
  return client;
}

function connectBelow(server: FirestoreServer, authorization?: string): GrpcClient {
  const client = createGrpcClient(`${server.host}:${server.port}`, authorization);
  closing.push(client.close);
  return client;
}

function setWrite(path: string, fields: object = {}) {
  return { update: { name: `${DOCUMENTS}/${path}`, fields } };
}

describe('the server', () => {
  it('names its host and the port that it found', async () => {
    const server = await startServer();
    expect(server.host).toBe('127.0.0.1');
    expect(server.port).toBeGreaterThan(0);
  });

  it('says so when its port is taken', async () => {
    const server = await startServer();
    const second = createFirestoreServer({ port: server.port });
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await second.stop();
  });

  it('frees its port when it stops, although clients are connected and wait', async () => {
    const server = createFirestoreServer();
    await server.start();
    const client = connect(server);
    const snapshots = listenTo(client.collection());
    await snapshots.next();
    snapshots.stop();
    await server.stop();
    const successor = createServer();
    await new Promise<void>((resolve, reject) => {
      successor.once('error', reject);
      successor.listen(server.port, server.host, resolve);
    });
    await new Promise((resolve) => successor.close(resolve));
  });
});

describe('over HTTP/1', () => {
  it('answers Ok, clears a database, and refuses everything else with a sentence', async () => {
    const server = await startServer();
    const { firestore } = connect(server);
    await firestore.doc('a/b').set({ n: 1 });
    const base = `http://${server.host}:${server.port}`;
    expect(await (await fetch(base)).text()).toBe('Ok\n');
    const rest = await fetch(`${base}/v1/${DOCUMENTS}/a/b`);
    expect(rest.status).toBe(501);
    expect(await rest.json()).toMatchObject({ error: { message: expect.stringMatching(/gRPC/) } });
    expect((await firestore.doc('a/b').get()).exists).toBe(true);
    const cleared = await fetch(`${base}/emulator/v1/${DOCUMENTS}`, { method: 'DELETE' });
    expect([cleared.status, await cleared.json()]).toEqual([200, {}]);
    expect((await firestore.doc('a/b').get()).exists).toBe(false);
  });
});

describe('a caller who is not the Admin SDK', () => {
  it.each(['', 'Bearer someone', 'owner'])('is denied everything: %s', async (authorization) => {
    const client = connectBelow(await startServer(), authorization);
    const denied = { code: 7, details: expect.stringContaining('security rules') };
    const name = `${DOCUMENTS}/a/b`;
    await expect(client.call('getDocument', { name })).rejects.toMatchObject(denied);
    const commit = { database: DATABASE, writes: [setWrite('a/b')] };
    await expect(client.call('commit', commit)).rejects.toMatchObject(denied);
    const query = { parent: DOCUMENTS, structuredQuery: { from: [{ collectionId: 'a' }] } };
    await expect(client.collect('runQuery', query)).rejects.toMatchObject(denied);
    const listen = { database: DATABASE, addTarget: { documents: { documents: [name] } } };
    await expect(client.listen(listen, () => true)).rejects.toMatchObject(denied);
  });
});

describe('requests that the SDK does not send', () => {
  it('create, update, read and delete single documents', async () => {
    const client = connectBelow(await startServer());
    const name = `${DOCUMENTS}/a/b`;
    const fields = { n: { integerValue: '9223372036854775807' } };
    const create = { parent: DOCUMENTS, collectionId: 'a', documentId: 'b', document: { fields } };
    await expect(client.call('createDocument', create)).resolves.toMatchObject({ name, fields });
    await expect(client.call('createDocument', create)).rejects.toMatchObject({ code: 6 });
    const update = {
      document: { name, fields: { m: { booleanValue: false } } },
      updateMask: { fieldPaths: ['m'] },
      mask: { fieldPaths: ['m'] },
    };
    const updated = await client.call<{ fields: object }>('updateDocument', update);
    expect(updated.fields).toEqual({ m: { booleanValue: false } });
    await expect(client.call('getDocument', { name })).resolves.toMatchObject({ fields });
    await client.call('deleteDocument', { name });
    await expect(client.call('getDocument', { name })).rejects.toMatchObject({ code: 5 });
  });

  it('list documents page by page, as they were at the first page', async () => {
    const client = connectBelow(await startServer());
    const writes = ['a', 'b', 'c', 'd', 'e'].map((id) => setWrite(`list/${id}`));
    await client.call('commit', { database: DATABASE, writes });
    const request = { parent: DOCUMENTS, collectionId: 'list', pageSize: 2 };
    const names: string[] = [];
    let pageToken: string | undefined;
    do {
      const page: ListDocumentsResponse = await client.call('listDocuments', {
        ...request,
        pageToken,
      });
      names.push(...(page.documents ?? []).map((document) => document.name ?? ''));
      pageToken = page.nextPageToken ?? undefined;
      await client.call('commit', { database: DATABASE, writes: [{ delete: names.at(-1) }] });
    } while (pageToken);
    expect(names.map((name) => name.slice(-1))).toEqual(['a', 'b', 'c', 'd', 'e']);
    await expect(
      client.call('listDocuments', { ...request, pageToken: 'x' }),
    ).rejects.toMatchObject({ code: 3 });
  });

  it('list documents in an order of their own', async () => {
    const client = connectBelow(await startServer());
    const writes = [1, 2, 3].map((n) => setWrite(`l/d${n}`, { n: { integerValue: `${n % 2}` } }));
    await client.call('commit', { database: DATABASE, writes });
    const { documents } = await client.call<ListDocumentsResponse>('listDocuments', {
      parent: DOCUMENTS,
      collectionId: 'l',
      orderBy: 'n desc, __name__',
    });
    expect(documents?.map(({ name }) => name?.slice(-2))).toEqual(['d1', 'd3', 'd2']);
  });

  it('are refused when they hold what production does not store', async () => {
    const client = connectBelow(await startServer());
    const commit = (write: object) =>
      client.call('commit', { database: DATABASE, writes: [write] });
    const array = (value: object) => ({ arrayValue: { values: [value] } });
    await expect(commit(setWrite('a/b', { f: array(array({})) }))).rejects.toMatchObject({
      code: 3,
    });
    const elsewhere = { delete: 'projects/other/databases/(default)/documents/a/b' };
    await expect(commit(elsewhere)).rejects.toMatchObject({ code: 3 });
    const listen = { addTarget: { documents: { documents: [elsewhere.delete] } } };
    const [response] = await client.listen({ database: DATABASE, ...listen }, () => true);
    expect(response?.targetChange).toMatchObject({
      targetChangeType: 'REMOVE',
      cause: { code: 3 },
    });
    const read = { database: DATABASE, documents: [elsewhere.delete] };
    await expect(client.collect('batchGetDocuments', read)).rejects.toMatchObject({ code: 3 });
    await expect(commit({})).rejects.toMatchObject({ code: 3 });
    const tooMuch = { f: { stringValue: 'x'.repeat(11 * 1024 * 1024) } };
    await expect(commit(setWrite('a/b', tooMuch))).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining('payload size'),
    });
  });

  it('of kinds that are not there say so', async () => {
    const client = connectBelow(await startServer());
    const from = [{ collectionId: 'a' }];
    const explain = { parent: DOCUMENTS, structuredQuery: { from }, explainOptions: {} };
    await expect(client.collect('runQuery', explain)).rejects.toMatchObject({ code: 12 });
    const pipeline = { database: DATABASE };
    await expect(client.collect('executePipeline', pipeline)).rejects.toMatchObject({ code: 12 });
  });
});

describe('a listener that comes back', () => {
  const types = (responses: ListenResponse[]) =>
    responses.map(
      (response) => response.targetChange?.targetChangeType ?? Object.keys(response)[0],
    );
  const isComplete = ({ targetChange }: ListenResponse) =>
    targetChange?.targetChangeType === 'NO_CHANGE' || targetChange?.targetChangeType === 'REMOVE';

  async function scene() {
    const client = connectBelow(await startServer());
    const commit = (...writes: object[]) => client.call('commit', { database: DATABASE, writes });
    const query = { parent: DOCUMENTS, structuredQuery: { from: [{ collectionId: 'r' }] } };
    const listen = (target: object = {}) =>
      client.listen(
        { database: DATABASE, addTarget: { targetId: 1, query, ...target } },
        isComplete,
      );
    return { commit, listen };
  }

  it('hears what changed since its resume token, and nothing else', async () => {
    const { commit, listen } = await scene();
    await commit(setWrite('r/kept'), setWrite('r/gone'));
    const first = await listen();
    expect(types(first)).toEqual([
      'ADD',
      'documentChange',
      'documentChange',
      'CURRENT',
      'NO_CHANGE',
    ]);
    await commit(setWrite('r/new'), { delete: `${DOCUMENTS}/r/gone` });
    const resumeToken = first.at(-1)?.targetChange?.resumeToken;
    const second = await listen({ resumeToken });
    expect(types(second)).toEqual([
      'ADD',
      'documentDelete',
      'documentChange',
      'CURRENT',
      'NO_CHANGE',
    ]);
  });

  it('starts anew when its token means nothing any more', async () => {
    const { commit, listen } = await scene();
    await commit(setWrite('r/a'));
    const responses = await listen({ resumeToken: Buffer.from('1000') });
    expect(types(responses)).toEqual(['ADD', 'RESET', 'documentChange', 'CURRENT', 'NO_CHANGE']);
  });

  it('is told by its target when the query is refused', async () => {
    const { listen } = await scene();
    const query = { parent: `${DOCUMENTS}/r`, structuredQuery: { from: [{ collectionId: 'r' }] } };
    const [response] = await listen({ query });
    expect(response?.targetChange).toMatchObject({
      targetChangeType: 'REMOVE',
      targetIds: [1],
      cause: { code: 3, message: expect.stringContaining('is not a parent') },
    });
  });
});
