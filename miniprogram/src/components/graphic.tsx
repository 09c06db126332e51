import { Image, type ImageProps } from '@tarojs/components'

type Props = Pick<ImageProps, 'className' | 'src' | 'mode' | 'lazyLoad' | 'showMenuByLongpress'> & {
  /** Text for screen readers; '' when the text beside it says the same. */
  alt: string
}

/** Any picture of pixels. */
export const Graphic = ({ alt, ...image }: Props) => <Image {...image} {...named(alt)} />

const named = (alt: string) =>
  process.env.TARO_ENV === 'h5' ? { nativeProps: { alt } } : { 'aria-role': 'img', 'aria-label': alt }
