import { Button, Group } from '@mantine/core';

interface MoreButtonProps {
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  children: string;
}

/** Below a list: asks for the next page of it, where there is one. */
export function MoreButton({ of, children }: MoreButtonProps) {
  if (!of.hasNextPage) return null;
  return (
    <Group justify="center">
      <Button
        variant="default"
        loading={of.isFetchingNextPage}
        onClick={() => void of.fetchNextPage()}
      >
        {children}
      </Button>
    </Group>
  );
}
