import { useStore } from 'zustand';
import { session } from '../../../session/session.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useEditing } from '../editing/use-editing.ts';
import {
  bodyOfSupervisor,
  fieldsOfSupervisor,
  type Supervisor,
  type SupervisorFields,
} from './supervisor.ts';
import { SupervisorForm, useSupervisorForm } from './supervisor-form.tsx';

interface EditDialogProps {
  person: Supervisor | undefined;
  onClose: () => void;
  onSaved: () => void;
}

export function EditDialog({ person, onClose, onSaved }: EditDialogProps) {
  const texts = useTextsOf(peopleTexts);
  return (
    <Dialog opened={person !== undefined} onClose={onClose} title={texts.edit}>
      {person && <Edit key={person.id} id={person.id} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

function Edit({ id, onClose, onSaved }: Omit<EditDialogProps, 'person'> & { id: string }) {
  const isMe = useStore(session, (now) => 'admin' in now && now.admin.id === id);
  const form = useSupervisorForm();
  const editing = useEditing<SupervisorFields, Supervisor>({
    form,
    path: `/api/admins/${id}`,
    fieldsOf: fieldsOfSupervisor,
    bodyOf: bodyOfSupervisor,
    auditTarget: id,
    onSaved() {
      onSaved();
      onClose();
    },
  });
  return <SupervisorForm form={form} editing={editing} isMe={isMe} onCancel={onClose} />;
}
