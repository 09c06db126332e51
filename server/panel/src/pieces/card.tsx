import { type CardProps, Card as Plain } from 'antd'

/** The library's card, but its title is a heading: who hears the page goes from one to the next. */
export const Card = ({ title, ...card }: CardProps) => (
  <Plain {...card} title={title && <h2 className="plain">{title}</h2>} />
)
