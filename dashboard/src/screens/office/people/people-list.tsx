import { Badge, Button, Group, Menu, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { session } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { RecordButton } from '../record-button.tsx';
import classes from '../record-list.module.css';
import { Fact, Told } from '../told.tsx';
import type { Supervisor } from './supervisor.ts';

/** What can be done with somebody beside editing. */
export type Act = 'link' | 'signOut' | 'disable' | 'enable' | 'remove';

interface PeopleListProps {
  people: readonly Supervisor[];
  onEdit: (person: Supervisor) => void;
  onAct: (act: Act, person: Supervisor) => void;
}

export function PeopleList({ people, ...props }: PeopleListProps) {
  const texts = useTextsOf(peopleTexts);
  const me = useStore(session, (now) => ('admin' in now ? now.admin.id : undefined));
  return (
    <ul className={classes.list} aria-label={texts.list}>
      {people.map((person) => (
        <Person key={person.id} person={person} isMe={person.id === me} {...props} />
      ))}
    </ul>
  );
}

interface PersonProps extends Omit<PeopleListProps, 'people'> {
  person: Supervisor;
  isMe: boolean;
}

function Person({ person, isMe, onEdit, onAct }: PersonProps) {
  const texts = useTextsOf(peopleTexts);
  const common = useTextsOf(commonTexts);
  return (
    <li className={classes.record}>
      <div>
        <Text fw={600} dir="auto">
          {person.name}
          {isMe && ` (${texts.you})`}
        </Text>
        <Text size="sm" c="dimmed">
          {person.email}
        </Text>
        <Group gap="xs">
          {person.disabled && (
            <Badge color="red" variant="light">
              {texts.disabled}
            </Badge>
          )}
          {!person.has_password && (
            <Badge color="orange" variant="light">
              {texts.notYet}
            </Badge>
          )}
        </Group>
      </div>
      <Told>
        <Fact name={texts.roleName}>{texts.roles[person.role]}</Fact>
        <Fact name={texts.phone}>{person.phone}</Fact>
        <Fact name={texts.secondFactor}>{person.has_totp ? texts.isSetUp : texts.isNotSetUp}</Fact>
      </Told>
      <div className={classes.actions}>
        <RecordButton action={common.edit} of={person.name} onClick={() => onEdit(person)} />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              size="compact-md"
              aria-label={texts.moreFor(person.name)}
              leftSection={<IconDots size={18} aria-hidden />}
            >
              {texts.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {!person.disabled && (
              <Menu.Item onClick={() => onAct('link', person)}>{texts.newLink}</Menu.Item>
            )}
            <Menu.Item onClick={() => onAct('signOut', person)}>{texts.signOut}</Menu.Item>
            {/* Nobody locks themselves out: another company admin can. */}
            {!isMe && (
              <>
                <Menu.Divider />
                <Menu.Item onClick={() => onAct(person.disabled ? 'enable' : 'disable', person)}>
                  {person.disabled ? texts.enable : texts.disable}
                </Menu.Item>
                <Menu.Item color="red" onClick={() => onAct('remove', person)}>
                  {common.remove}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}
