import { Refused } from '@pointbook/shared/client'

const SIDE_PX = 900
const QUALITY = 0.86

/**
 * The middle square of a picture as JPEG in bare base64, at most 900 pixels a side: a phone's photo of many megabytes
 * becomes what the mini-program shows. Throws `picture.invalid` for what the browser cannot read as a picture.
 */
export async function squarePicture(file: File): Promise<string> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) throw new Refused(400, { code: 'picture.invalid', text: '这张图片打不开，请换 JPG、PNG 或 WebP 格式' })
  const crop = Math.min(picture.width, picture.height)
  const side = Math.min(SIDE_PX, crop)
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const brush = canvas.getContext('2d')!
  // Transparent parts would turn black in a JPEG.
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, side, side)
  brush.drawImage(picture, (picture.width - crop) / 2, (picture.height - crop) / 2, crop, crop, 0, 0, side, side)
  picture.close()
  return canvas.toDataURL('image/jpeg', QUALITY).split(',')[1]!
}
