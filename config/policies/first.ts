import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Env } from '../env.ts'
import { demoPolicy } from './demo.ts'
import { general } from './general.ts'

/** What a shop begins with: a real one with the plainest of the presets, a demo with rules that show much. */
export const firstPolicy = ({ mode }: Env): Policy => (mode === 'demo' ? demoPolicy : general.policy)
