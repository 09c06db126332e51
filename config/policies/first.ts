import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Env } from '../env.ts'
import { demoPolicy } from './demo.ts'
import { general } from './general.ts'

/** The first policy of a shop: the simplest preset, or for a demo one with many features. */
export const firstPolicy = ({ mode }: Env): Policy => (mode === 'demo' ? demoPolicy : general.policy)
