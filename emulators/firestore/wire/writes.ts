import { invalidArgument } from '../engine/errors.ts';
import { parseFieldPath } from '../engine/field-path.ts';
import type { Transform } from '../engine/transform.ts';
import { isNumber, type Value } from '../engine/value.ts';
import type { FieldTransform, Precondition, Write, WriteResult } from '../engine/write.ts';
import type {
  WireFieldTransform,
  WirePrecondition,
  WireWrite,
  WireWriteResult,
} from './messages.ts';
import {
  decodeFields,
  decodeMask,
  decodeTimestamp,
  decodeValue,
  encodeTimestamp,
  encodeValue,
} from './values.ts';

export function decodeWrite(write: WireWrite): Write {
  const precondition = decodePrecondition(write.currentDocument);
  const shared = precondition === undefined ? {} : { precondition };
  const transforms = (write.updateTransforms ?? []).map(decodeFieldTransform);
  if (write.update) {
    const mask = decodeMask(write.updateMask);
    return {
      ...shared,
      kind: 'update',
      name: write.update.name ?? '',
      fields: decodeFields(write.update.fields),
      ...(mask && { mask }),
      transforms,
    };
  }
  if (write.delete) return { ...shared, kind: 'delete', name: write.delete };
  if (write.transform) {
    return {
      ...shared,
      kind: 'update',
      name: write.transform.document ?? '',
      fields: new Map(),
      mask: [],
      transforms: (write.transform.fieldTransforms ?? []).map(decodeFieldTransform),
    };
  }
  throw invalidArgument('A write must hold one of update, delete and transform.');
}

export function decodePrecondition(
  precondition: WirePrecondition | null | undefined,
): Precondition | undefined {
  if (precondition?.updateTime) return { updateTime: decodeTimestamp(precondition.updateTime) };
  if (precondition?.exists != null) return { exists: precondition.exists };
  return undefined;
}

function decodeFieldTransform(wire: WireFieldTransform): FieldTransform {
  return { field: parseFieldPath(wire.fieldPath ?? ''), transform: decodeTransform(wire) };
}

function decodeTransform(wire: WireFieldTransform): Transform {
  if (wire.setToServerValue === 'REQUEST_TIME') return { kind: 'serverTimestamp' };
  if (wire.increment) return { kind: 'increment', operand: decodeNumber(wire.increment) };
  if (wire.maximum) return { kind: 'maximum', operand: decodeNumber(wire.maximum) };
  if (wire.minimum) return { kind: 'minimum', operand: decodeNumber(wire.minimum) };
  if (wire.appendMissingElements) {
    const elements = (wire.appendMissingElements.values ?? []).map(decodeValue);
    return { kind: 'appendMissing', elements };
  }
  if (wire.removeAllFromArray) {
    const elements = (wire.removeAllFromArray.values ?? []).map(decodeValue);
    return { kind: 'removeAll', elements };
  }
  throw invalidArgument(`The transform of "${wire.fieldPath}" is of no known kind.`);
}

function decodeNumber(wire: NonNullable<WireFieldTransform['increment']>): Value {
  const value = decodeValue(wire);
  if (!isNumber(value)) throw invalidArgument('increment, maximum and minimum take a number.');
  return value;
}

export function encodeWriteResult(result: WriteResult): WireWriteResult {
  return {
    ...(result.updateTime !== undefined && { updateTime: encodeTimestamp(result.updateTime) }),
    ...(result.transformResults.length > 0 && {
      transformResults: result.transformResults.map(encodeValue),
    }),
  };
}
