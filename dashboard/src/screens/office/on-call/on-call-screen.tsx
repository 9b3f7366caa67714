import { Loader, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { CompanyView } from '../../../api/types.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { frameTexts } from '../../../texts/office/frame.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Failure } from '../../../ui/failure.tsx';
import { useIsCompanyAdmin } from '../admins-only.tsx';
import { isSame } from '../editing/merge.ts';
import { useEditing } from '../editing/use-editing.ts';
import { CompanyForm } from '../settings/company-form.tsx';
import { putCompany, useCompany } from '../settings/use-company.ts';
import { DaysOffDialog } from './days-off-dialog.tsx';
import { DaysOffTable } from './days-off-table.tsx';
import { MomentPanel } from './moment-panel.tsx';
import {
  type DaysOff,
  daysOffIn,
  type OnCallFields,
  offKey,
  onCallBodyOf,
  onCallFieldsOf,
  reachingOf,
  type Shift,
  type Step,
  shiftFields,
  shiftKey,
  shiftsIn,
} from './on-call-fields.ts';
import classes from './on-call-screen.module.css';
import { ShiftDialog } from './shift-dialog.tsx';
import { ShiftsTable } from './shifts-table.tsx';
import { StepDialog } from './step-dialog.tsx';
import { StepsList } from './steps-list.tsx';
import { useOnCallForm } from './use-on-call-form.ts';
import { usePreview } from './use-preview.ts';
import { useShowOnCall } from './use-show-on-call.ts';
import { warningsOf } from './warnings.ts';
import { WarningsPanel } from './warnings-panel.tsx';
import { WeekTable } from './week-table.tsx';

/** What is being added or changed in a dialog; absent entries are new ones. */
type Open =
  | { kind: 'shift'; shift?: Shift }
  | { kind: 'off'; off?: DaysOff }
  | { kind: 'step'; index?: number };

/** Who is fetched when a caller needs somebody: the rota, the steps, and what would come of them. */
export function OnCallScreen() {
  const { onCall: title } = useTextsOf(frameTexts);
  const texts = useTextsOf(onCallTexts);
  const common = useTextsOf(commonTexts);
  const readOnly = !useIsCompanyAdmin();
  const company = useCompany();
  const form = useOnCallForm();
  const show = useShowOnCall();
  const [open, setOpen] = useState<Open>();
  const [at, setAt] = useState('');
  const [from, setFrom] = useState<string>();
  const close = () => setOpen(undefined);

  const editing = useEditing<OnCallFields, CompanyView>({
    form,
    path: '/api/company',
    fieldsOf: onCallFieldsOf,
    bodyOf: onCallBodyOf,
    auditTarget: company.data?.id ?? '',
    draftKey: 'on call',
    onSaved(saved) {
      putCompany(saved);
      notifications.show({ color: 'teal', message: common.saved });
    },
  });
  const reaching = reachingOf(form.values);
  const preview = usePreview(reaching, { at: at === '' ? undefined : at, from });
  const today = preview.data?.moment.at.slice(0, 10);
  const isUnsaved =
    company.data !== undefined &&
    editing.state === 'ready' &&
    !isSame(sorted(reaching), sorted(reachingOf(onCallFieldsOf(company.data))));

  function putShift(before: Shift | undefined, shift: Shift): void {
    const gone: Partial<OnCallFields> = before ? { [shiftKey(before)]: undefined } : {};
    form.setValues({ ...gone, ...shiftFields([shift]) });
    close();
  }

  function putDaysOff(before: DaysOff | undefined, off: DaysOff): void {
    const gone: Partial<OnCallFields> = before ? { [offKey(before)]: undefined } : {};
    form.setValues({ ...gone, [offKey(off)]: off });
    close();
  }

  function putStep(index: number | undefined, step: Step): void {
    const { steps } = form.values;
    const changed =
      index === undefined
        ? [...steps, step]
        : steps.map((each, at) => (at === index ? step : each));
    form.setFieldValue('steps', changed);
    close();
  }

  return (
    <Stack gap="lg">
      <Title order={1} size="h3">
        {title}
      </Title>
      <CompanyForm
        form={form}
        editing={editing}
        labels={texts.labels}
        show={show}
        readOnly={readOnly}
      >
        <Stack gap="xl">
          {isUnsaved && (
            <Text role="status" c="dimmed">
              {texts.unsaved}
            </Text>
          )}
          {preview.isError && <Failure>{preview.error.message}</Failure>}
          {preview.isPending && <Loader />}
          {preview.data && (
            <>
              <WarningsPanel
                warnings={warningsOf(reaching, preview.data.moment, preview.data.week)}
              />
              <WeekTable week={preview.data.week} today={today ?? ''} onWeek={setFrom} />
            </>
          )}
          <div className={classes.columns}>
            <ShiftsTable
              shifts={shiftsIn(form.values)}
              readOnly={readOnly}
              onAdd={() => setOpen({ kind: 'shift' })}
              onEdit={(shift) => setOpen({ kind: 'shift', shift })}
              onRemove={(shift) => form.setValues({ [shiftKey(shift)]: undefined })}
            />
            <DaysOffTable
              daysOff={daysOffIn(form.values)}
              today={today}
              readOnly={readOnly}
              onAdd={() => setOpen({ kind: 'off' })}
              onEdit={(off) => setOpen({ kind: 'off', off })}
              onRemove={(off) => form.setValues({ [offKey(off)]: undefined })}
            />
          </div>
          <div className={classes.columns}>
            <StepsList
              form={form}
              readOnly={readOnly}
              onAdd={() => setOpen({ kind: 'step' })}
              onEdit={(index) => setOpen({ kind: 'step', index })}
            />
            {preview.data && (
              <MomentPanel
                moment={preview.data.moment}
                dialEmergency={form.values.dial_emergency}
                at={at}
                onAt={setAt}
              />
            )}
          </div>
        </Stack>
      </CompanyForm>
      {open?.kind === 'shift' && (
        <ShiftDialog
          shift={open.shift}
          onClose={close}
          onDone={(shift) => putShift(open.shift, shift)}
        />
      )}
      {open?.kind === 'off' && (
        <DaysOffDialog
          off={open.off}
          today={today}
          onClose={close}
          onDone={(off) => putDaysOff(open.off, off)}
        />
      )}
      {open?.kind === 'step' && (
        <StepDialog
          step={open.index === undefined ? undefined : form.values.steps[open.index]}
          onClose={close}
          onDone={(step) => putStep(open.index, step)}
        />
      )}
    </Stack>
  );
}

/** In what order shifts stand changes nothing. */
function sorted({ rota, ...reaching }: ReturnType<typeof reachingOf>) {
  return { ...reaching, rota: rota.map(shiftKey).sort() };
}
