import { Modal, type ModalProps } from '@mantine/core';
import { useStore } from 'zustand';
import { session } from '../session/session.ts';
import { useTexts } from '../texts/texts.ts';

/** A dialog whose button to close it has a name, and whose head is no second head of the page. */
export function Dialog(props: ModalProps) {
  const { app } = useTexts();
  // Else the key would close the dialog that lies below the one to sign in again.
  const isExpired = useStore(session, ({ state }) => state === 'expired');
  return (
    <Modal
      closeButtonProps={{ 'aria-label': app.close }}
      attributes={{ header: { role: 'none' } }}
      closeOnEscape={!isExpired}
      {...props}
    />
  );
}
