import { type CardProps, Card as Plain } from 'antd'

/** The library's card with a heading as title, for screen readers. */
export const Card = ({ title, ...card }: CardProps) => (
  <Plain {...card} title={title && <h2 className="plain">{title}</h2>} />
)
