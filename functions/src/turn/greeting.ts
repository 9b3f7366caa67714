/** The first words of every call. Short: somebody is waiting to speak. */
export function greeting(emergencyNumber: string): string {
  return `This is Aurora, the safety line. Tell me what has happened and where you are. If you are in danger, press 1. If a life is at risk, also call ${emergencyNumber}.`;
}
