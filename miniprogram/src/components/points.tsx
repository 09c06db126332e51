import { group } from '@pointbook/shared/money'
import { Text } from '@tarojs/components'

/** Points in figures of one width; `signed` shows what an entry gave or took. */
export function Points({ value, signed, className = '' }: { value: number; signed?: boolean; className?: string }) {
  const sign = value < 0 ? '−' : signed && value > 0 ? '+' : ''
  return <Text className={`digits ${signed ? lookOf(value) : ''} ${className}`}>{sign + group(Math.abs(value))}</Text>
}

const lookOf = (value: number) => (value > 0 ? 'gain' : value < 0 ? 'loss' : 'quiet')
