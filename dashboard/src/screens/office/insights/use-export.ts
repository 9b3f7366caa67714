import { createContext, useContext } from 'react';

export type ExportPath = (table: string, format: string) => string;

/** Where the numbers of the days that are shown are saved from. */
export const Exporting = createContext<ExportPath | undefined>(undefined);

export function useExport(): ExportPath | undefined {
  return useContext(Exporting);
}
