import { Link } from '@tanstack/react-router';
import type { NamedEntry } from '../../../api/types.ts';
import { plain } from '../../../ui/plain.ts';

/** What it was done to, by name where it has one, and the way to it where there still is one. */
export function TargetLink({
  entry,
}: {
  entry: Pick<NamedEntry, 'action' | 'target' | 'target_name'>;
}) {
  const { action, target } = entry;
  const name = nameOfTarget(entry);
  const [noun = '', verb = ''] = action.split('.');
  if (['removed', 'erased', 'purge'].includes(verb)) return <span dir="auto">{name}</span>;
  switch (noun) {
    case 'call':
    case 'conversation': {
      const callId = target.replace(/^conv_/, 'call_');
      if (!callId.startsWith('call_')) break;
      return (
        <Link to="/calls/$callId" params={{ callId }}>
          {name}
        </Link>
      );
    }
    case 'worker':
      return (
        <Link to="/office/workers" search={{ open: target }}>
          {name}
        </Link>
      );
    case 'workers':
      return <Link to="/office/workers">{name}</Link>;
    case 'site':
      return (
        <Link to="/office/sites" search={{ open: target }}>
          {name}
        </Link>
      );
    case 'admin':
    case 'session':
    case 'link':
      return (
        <Link to="/office/people" search={{ open: target }}>
          {name}
        </Link>
      );
    case 'api_key':
      return <Link to="/office/keys">{name}</Link>;
    case 'company':
      return <Link to="/office/settings">{name}</Link>;
    case 'number':
      return <Link to="/office/numbers">{name}</Link>;
    case 'manual':
      return (
        <Link to="/office/manuals/$manualId" params={{ manualId: target }}>
          {name}
        </Link>
      );
  }
  return <span dir="auto">{name}</span>;
}

/** A call's id holds the caller's number, of which the last digits are enough to tell it. */
export function nameOfTarget({ target, target_name }: Pick<NamedEntry, 'target' | 'target_name'>) {
  return plain(target_name ?? target.replace(/^(call|conv)_(\d+)(\d{4})_/, '$1_••••$3_'));
}
