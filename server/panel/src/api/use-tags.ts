import { useRead } from './use-read.ts'

/** The tags in use with the number of their members, the most used first. */
export function useTags() {
  const { data } = useRead('GET /admin/tags', {})
  const tags = data?.rows ?? []
  /** True when it is known that no member has the tag. */
  const nobodyHas = (tag: string) => data?.more === false && !tags.some((one) => one.tag === tag)
  return { tags, nobodyHas }
}
