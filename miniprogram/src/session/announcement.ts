import type { Api } from '@pointbook/shared/contract/index'
import { keepText, readKept } from '../kept'

type Announcement = Api['GET /announcements']['reply']['rows'][number]

const key = 'announcement'
const NEWS_MS = 14 * 86_400_000

const markOf = ({ announcementId, publishedAt }: Announcement) => `${announcementId}@${publishedAt}`

/** Remembers the newest announcement that was read on this phone. */
export const rememberAnnouncement = (announcement: Announcement) => keepText(key, markOf(announcement))

/** Whether to show it: not read on this phone, and recent by the shop's clock. */
export const isNews = (announcement: Announcement, now: string): boolean =>
  readKept(key) !== markOf(announcement) && Date.parse(now) - Date.parse(announcement.publishedAt) < NEWS_MS
