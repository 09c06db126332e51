import { Image, type ImageProps } from '@tarojs/components'

type Props = Pick<ImageProps, 'className' | 'src' | 'mode' | 'lazyLoad' | 'showMenuByLongpress'> & {
  /** What it shows, for those who do not see it; '' where the words beside it say so. */
  alt: string
}

/** Any picture of pixels. */
export const Graphic = ({ alt, ...image }: Props) => <Image {...image} {...named(alt)} />

const named = (alt: string) =>
  process.env.TARO_ENV === 'h5' ? { nativeProps: { alt } } : { 'aria-role': 'img', 'aria-label': alt }
