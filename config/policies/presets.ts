import type { Day } from '@pointbook/shared/day'
import { bankCard } from './bank-card.ts'
import { beauty } from './beauty.ts'
import { catering } from './catering.ts'
import { chainRetail } from './chain-retail.ts'
import { clothing } from './clothing.ts'
import { coffee } from './coffee.ts'
import { eCommerce } from './e-commerce.ts'
import { general } from './general.ts'
import { gym } from './gym.ts'
import { hotel } from './hotel.ts'
import type { Preset } from './make.ts'
import { onlineEducation } from './online-education.ts'
import { samplePlan } from './sample-plan.ts'
import { supermarket } from './supermarket.ts'

/** Presets for many kinds of shops. Their campaigns are the next ones. */
export const presets = (today: Day): Preset[] => [
  general,
  supermarket,
  chainRetail(today),
  clothing(today),
  beauty,
  coffee,
  catering(today),
  gym,
  hotel,
  eCommerce(today),
  onlineEducation,
  bankCard,
  samplePlan,
]
