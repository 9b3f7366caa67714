import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { session, signOut } from '../session/session.ts';
import {
  chooseLanguage,
  LANGUAGE_NAMES,
  type Language,
  useLanguage,
  useTexts,
} from '../texts/texts.ts';
import { told } from '../ui/told.ts';

/** Opened as soon as it is there: it is loaded when somebody asks for it. */
export function AccountMenu({ target }: { target: ReactElement }) {
  const { account, failure } = useTexts();
  const language = useLanguage();
  const current = useStore(session);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const admin = 'admin' in current ? current.admin : undefined;
  return (
    <Menu position="bottom-end" width={240} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{admin?.email}</Menu.Label>
        <Menu.Item component={Link} to="/office/account">
          {account.mine}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{account.appearance}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value as MantineColorScheme)}
        >
          {(['light', 'dark', 'auto'] as const).map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick>
              {scheme === 'auto' ? account.system : account[scheme]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{account.language}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(value) => chooseLanguage(value as Language)}>
          {(Object.keys(LANGUAGE_NAMES) as Language[]).map((tag) => (
            <Menu.RadioItem key={tag} value={tag} lang={tag} closeMenuOnClick>
              {LANGUAGE_NAMES[tag]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut(false)}>{account.signOut}</Menu.Item>
        <Menu.Item onClick={() => void signOut(true).catch(told(failure.title))}>
          {account.signOutEverywhere}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
