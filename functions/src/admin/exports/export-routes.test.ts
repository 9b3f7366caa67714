import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { at, CALL_ID } from '../../calls/events.fixture.ts';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { callNumber, importCalls, storedCall, useCalls } from '../calls/calls.fixture.ts';
import { MOST_CALLS } from './calls-export.ts';

const open = useCalls();

const FORMULA = '=HYPERLINK("http://evil.example")';
const MARKUP = '<script>alert(1)</script>';
const PATH = `/api/call/${CALL_ID}/export`;

/** An archived call of steel in whose notes somebody has written this. */
async function withNotes(admin_notes: string) {
  const office = await open();
  await importCalls(office, { [CALL_ID]: { admin_notes } });
  return office;
}

describe('a call as a file', () => {
  it('is saved under a harmless name without the number, and is never shown nor sniffed', async () => {
    const { steel } = await withNotes('seen');
    for (const [format, type] of [
      ['json', 'application/json'],
      ['csv', 'text/csv'],
      ['html', 'text/html'],
    ]) {
      const { status, headers } = await steel.viewer.get(`${PATH}?format=${format}`);
      expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
      expect(headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="call-\\d{8}-\\d{6}-[0-9a-f]{6}\\.${format}"$`),
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/^sandbox; .*default-src 'none'/);
      expect(headers.get('cache-control')).toContain('no-store');
    }
    expectError(await steel.viewer.get(`${PATH}?format=exe`), 400, 'invalid_request');
  });

  it('holds what was said and noted, and names people', async () => {
    const office = await withNotes('all are out');
    await office.firestore
      .doc(stored.worker('worker_1'))
      .set({ company_id: 'steel', name: 'Asha Rao' });
    const { body } = await office.steel.viewer.get(PATH);
    expect(body.call.admin_notes).toBe('all are out');
    expect(body.messages.map(({ content }: { content: string }) => content)).toEqual(['fire']);
    expect(body.people).toEqual({ worker_1: 'Asha Rao' });
    expect(body.exported_by).toBe('steel_viewer');
  });

  it('has the audit trail for a company_admin alone, and is itself in it', async () => {
    const { steel, audited } = await withNotes('seen');
    await steel.viewer.get(`${PATH}?format=csv`);
    expect((await audited()).at(-1)).toMatchObject({
      action: 'call.exported',
      target: CALL_ID,
      who: { id: 'steel_viewer' },
      after: { format: 'csv' },
    });
    expect((await steel.supervisor.get(PATH)).body.audit).toBeNull();
    const { audit } = (await steel.company_admin.get(PATH)).body;
    expect(audit.map(({ who }: { who: { id: string } }) => who.id)).toEqual([
      'steel_viewer',
      'steel_supervisor',
    ]);
  });

  it('calculates nothing in a spreadsheet, and runs nothing in a browser', async () => {
    const { steel } = await withNotes(`${FORMULA}\n${MARKUP}\u202e`);
    const csv = (await steel.viewer.get(`${PATH}?format=csv`)).text;
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"") ${MARKUP}⟨U+202E⟩"`);
    const page = (await steel.viewer.get(`${PATH}?format=html`)).text;
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;⟨U+202E⟩');
    expect(page).not.toMatch(/<script|<[^>]+\son\w+=|javascript:|<(img|link|iframe|object)/i);
    expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
  });

  it('is not there for another company (I6)', async () => {
    const { paper, audited } = await withNotes('seen');
    expectError(await paper.company_admin.get(PATH), 404, 'not_found');
    expect(await audited()).toEqual([]);
  });
});

describe('the history as a file', () => {
  it('holds the calls that fit, one to a line, and says that it is whole', async () => {
    const office = await open();
    await importCalls(office, {
      [callNumber(1)]: { urgency: 'URGENT', admin_notes: '+1 fire engine' },
      [callNumber(2)]: {},
      [callNumber(3)]: { company_id: 'paper' },
    });
    const { steel } = office;
    const { text, headers } = await steel.supervisor.get('/api/calls/export?format=csv');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\ufeff?"call_id","began"/);
    expect(text).toContain(`"'+1 fire engine"`);
    expect(headers.get('x-export-complete')).toBe('true');
    const urgent = await steel.supervisor.get('/api/calls/export?format=json&urgency=URGENT');
    expect(urgent.body).toMatchObject({ complete: true, calls: [{ call_id: callNumber(1) }] });
    expect((await office.audited()).at(-1)).toMatchObject({
      action: 'call.exported',
      target: 'history',
      after: { format: 'json', calls: 1, filters: { urgency: 'URGENT' } },
    });
  });

  it('is for those who act, and takes the filters of the history alone', async () => {
    const { steel } = await open();
    expectError(await steel.viewer.get('/api/calls/export'), 403, 'forbidden');
    const two = '/api/calls/export?medium=Text&final_action=drill';
    expectError(await steel.supervisor.get(two), 400, 'unsupported_filter');
  });

  it(`ends after ${MOST_CALLS} calls, and says so`, async () => {
    const office = await open();
    const started = (n: number) => Timestamp.fromMillis(Date.parse(at(0)) + n * 1_000);
    const writer = office.firestore.bulkWriter();
    for (let n = 0; n <= MOST_CALLS; n += 1) {
      const id = callNumber(n);
      void writer.set(
        office.firestore.doc(stored.call(id)),
        storedCall(id, { started_at: started(n) }),
      );
    }
    await writer.close();
    const { body, headers } = await office.steel.supervisor.get('/api/calls/export');
    expect(body.complete).toBe(false);
    expect(headers.get('x-export-complete')).toBe('false');
    expect(new Set(body.calls.map(({ call_id }: { call_id: string }) => call_id)).size).toBe(
      MOST_CALLS,
    );
    const { text } = await office.steel.supervisor.get('/api/calls/export?format=csv');
    expect(text.trimEnd().split('\r\n').at(-1)).toMatch(/more fit the filters/);
  });
});
