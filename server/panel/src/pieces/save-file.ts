/** Gives the browser a file to keep. */
export function saveFile(name: string, file: Blob) {
  const url = URL.createObjectURL(file)
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
