import { readFileSync } from 'node:fs'

// The kernel counts processor time in hundredths of a second.
const TICK_MS = 10

export interface Usage {
  /** Processor time since its start, ms. */
  processorMs: number
  /** Resident memory, MB. */
  residentMb: number
}

/** The resource use of a process, from `/proc`; nothing without it, as on macOS. */
export function usageOf(pid: number): Usage {
  try {
    // The name, in brackets, may hold spaces: what follows it is counted from there.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return {
      processorMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
      residentMb: Number(resident?.[1] ?? 0) / 1024,
    }
  } catch {
    return { processorMs: 0, residentMb: 0 }
  }
}
