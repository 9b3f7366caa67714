import { Button, Group, Title } from '@mantine/core';

interface PartHeadProps {
  title: string;
  /** What the button says that adds an entry. */
  add: string;
  /** Absent: none can be added. */
  onAdd: (() => void) | undefined;
}

/** Above the entries of a part of the screen. */
export function PartHead({ title, add, onAdd }: PartHeadProps) {
  return (
    <Group justify="space-between">
      <Title order={2} size="h4">
        {title}
      </Title>
      {onAdd && (
        <Button variant="default" onClick={onAdd}>
          {add}
        </Button>
      )}
    </Group>
  );
}
