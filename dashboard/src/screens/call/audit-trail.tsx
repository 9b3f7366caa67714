import { Button, Loader, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { AuditView, CallView, Page } from '../../api/types.ts';
import { useNameOf } from '../../live/people.ts';
import { askSignedIn, session } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { Moment } from '../../ui/times.tsx';
import classes from './happened.module.css';

/** Entries that are shown; a file has more. */
const MOST = 100;

/** Who did and who read what: for those who answer for it, and when they ask. */
export function AuditTrail({ call }: { call: CallView }) {
  const { call: texts } = useTexts();
  const mayRead = useStore(session, (now) => 'admin' in now && now.admin.role === 'company_admin');
  const [shown, setShown] = useState(false);
  if (!mayRead) return null;
  return (
    <section className={classes.audit} aria-label={texts.audit}>
      {shown ? (
        <>
          <Title order={3} size="h6" mb="xs">
            {texts.audit}
          </Title>
          <Entries call={call} />
        </>
      ) : (
        <Button variant="subtle" size="compact-sm" onClick={() => setShown(true)}>
          {texts.showAudit}
        </Button>
      )}
    </section>
  );
}

function Entries({ call }: { call: CallView }) {
  const { call: texts, failure } = useTexts();
  const nameOf = useNameOf();
  const trail = useQuery({
    // What is done about the call is in the trail, too: it is asked for anew.
    queryKey: ['audit', call.call_id, actsOf(call)],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        [call.call_id, call.conversation_id].map((target) => {
          const path = `/api/audit?target=${target}&limit=${MOST}`;
          return askSignedIn<Page<AuditView>>('GET', path, { signal });
        }),
      );
      const items = pages.flatMap(({ body }) => body.items);
      items.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
      return { items, more: pages.some(({ body }) => body.next_cursor !== null) };
    },
  });
  if (trail.isError) {
    return (
      <Text size="sm" role="alert">
        {failure.title}: {trail.error.message}
      </Text>
    );
  }
  if (!trail.data) return <Loader size="sm" />;
  return (
    <>
      <ol className={classes.lines}>
        {trail.data.items.map(({ id, at, action, who, from }) => (
          <li key={id}>
            <Text size="xs" c="dimmed" component="span">
              <Moment at={at} withDate />
            </Text>
            <div>
              <Text size="sm" fw={600} className={classes.detail}>
                {texts.auditActions[action as keyof typeof texts.auditActions] ?? action}
              </Text>
              <Text size="sm" c="dimmed" className={classes.detail}>
                {[nameOf(who.id), from?.ip].filter(Boolean).join(' · ')}
              </Text>
            </div>
          </li>
        ))}
      </ol>
      {trail.data.more && (
        <Text size="sm" c="dimmed">
          {texts.auditCut(MOST)}
        </Text>
      )}
    </>
  );
}

/** Changes with whatever somebody does to a call. */
function actsOf({
  acknowledged,
  dispatches,
  noted,
  owner,
  timeline,
  urgency_by,
}: CallView): string {
  const counts = [acknowledged.length, dispatches.length, timeline.length, owner?.epoch ?? 0];
  return JSON.stringify([counts, noted, urgency_by.supervisor?.at]);
}
