import type { Page } from 'playwright-core'

interface Photo {
  width: number
  height: number
  grey: number[]
}

/** A photo of the screen as grey pixels, one byte each: 0 black, 255 white. */
export async function photoOf(page: Page) {
  const png = (await page.screenshot()).toString('base64')
  const { width, height, grey } = await page.evaluate<Photo>(`(${readPng})('${png}')`)
  return { width, height, grey: Uint8ClampedArray.from(grey) }
}

// Runs in the browser, which reads PNG anyway.
const readPng = `async (base64) => {
  const picture = Object.assign(new Image(), { src: 'data:image/png;base64,' + base64 })
  await picture.decode()
  const { width, height } = picture
  const brush = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
  brush.drawImage(picture, 0, 0)
  const { data } = brush.getImageData(0, 0, width, height)
  return { width, height, grey: Array.from({ length: width * height }, (_, pixel) => data[pixel * 4 + 1]) }
}`
