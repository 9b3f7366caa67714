import { useStore } from 'zustand';
import { useTexts } from '../texts/texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { session } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Above any other dialog, whichever was there first. */
const ABOVE = 350;

/** Over the page of somebody whose session has ended: what they had typed stays behind it. */
export function SignInDialog() {
  const { signIn } = useTexts();
  const current = useStore(session);
  return (
    <Dialog
      opened={current.state === 'expired'}
      onClose={() => undefined}
      zIndex={ABOVE}
      withCloseButton={false}
      title={signIn.again}
    >
      {current.state === 'expired' && <SignInForm email={current.admin.email} />}
    </Dialog>
  );
}
