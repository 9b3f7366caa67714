import { Center, Loader, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { NotFound } from '../../app/not-found.tsx';
import { useConversation } from '../../live/use-live.ts';
import { useTexts } from '../../texts/texts.ts';
import { Actions } from './actions.tsx';
import { CallHead } from './call-head.tsx';
import classes from './call-screen.module.css';
import { FactsPanel } from './facts-panel.tsx';
import { Happened } from './happened.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { RelatedCalls } from './related-calls.tsx';
import { Transcript } from './transcript.tsx';

/** One call: what is said in it, as it is said, and what can be done about it. */
export function CallScreen() {
  const { callId } = useParams({ from: '/calls/$callId' });
  return <Call key={callId} callId={callId} />;
}

function Call({ callId }: { callId: string }) {
  const texts = useTexts();
  const { call, messages, connection } = useConversation(callId.replace(/^call_/, 'conv_'));
  if (connection.state === 'closed' && connection.code === 'not_found' && !call) {
    return (
      <Stack align="center">
        <Text>{texts.call.hidden}</Text>
        <NotFound />
      </Stack>
    );
  }
  if (!call) {
    return (
      <Center py="xl">
        <Loader />
      </Center>
    );
  }
  return (
    <div className={classes.screen}>
      <CallHead call={call} connection={connection} />
      <Transcript call={call} messages={messages} />
      <aside className={classes.side}>
        <FactsPanel call={call} />
        <Actions call={call} />
        <PeoplePanel call={call} />
        <RelatedCalls call={call} />
        <Happened call={call} />
      </aside>
    </div>
  );
}
