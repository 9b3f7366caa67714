import { notifications } from '@mantine/notifications';
import { ApiError } from '../api/ask.ts';

/** Tells a failure in the words of the API, which say what to do. For `catch`. */
export function told(title: string): (error: unknown) => void {
  return (error) => {
    if (error instanceof ApiError && error.status === 401) return;
    const message = error instanceof Error ? error.message : String(error);
    notifications.show({ color: 'red', title, message, autoClose: 10_000 });
  };
}
