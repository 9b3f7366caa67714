import '../../app/office-styles.ts';
import { Link, Outlet } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { session } from '../../session/session.ts';
import { frameTexts } from '../../texts/office/frame.ts';
import { useTextsOf } from '../../texts/use-texts-of.ts';
import classes from './office-frame.module.css';
import { partsFor } from './parts.ts';

/** The office: its parts at the side, or above where the window is narrow. */
export function OfficeFrame() {
  const texts = useTextsOf(frameTexts);
  const current = useStore(session);
  const parts = 'admin' in current ? partsFor(current.admin) : [];
  return (
    <div className={classes.office}>
      <nav aria-label={texts.navigation} className={classes.parts}>
        <ul>
          {parts.map(({ to, name }) => (
            <li key={to}>
              <Link to={to} className={classes.part}>
                {texts[name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={classes.screen}>
        <Outlet />
      </div>
    </div>
  );
}
