import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { Alert, Descriptions } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Card } from '../../../pieces/card.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { When } from '../../../pieces/when.tsx'

type Backups = Reply<'GET /admin/backups'>

const MIB = 2 ** 20

/** When the shop was last backed up, whether that backup was proved, and what to do when it was not. */
export function BackupsCard() {
  const { data, error, refetch } = useRead('GET /admin/backups', {})
  if (error)
    return (
      <Card title="备份">
        <RefusalAlert error={error} onRetry={refetch} />
      </Card>
    )
  if (!data) return <LoadingCard rows={4} />
  return (
    <Card title="备份">
      <div style={{ display: 'grid', gap: 16 }}>
        <Advice {...data} />
        {data.last && <Facts {...data} last={data.last} />}
      </div>
    </Card>
  )
}

/** The most urgent thing to do; nothing when all is well. */
function Advice(backups: Backups) {
  const advice = adviceOn(backups)
  if (!advice) return null
  return <Alert showIcon {...advice} />
}

function adviceOn({ last, proof, failingSince, nightly }: Backups) {
  if (failingSince)
    return {
      type: 'error' as const,
      title: '每晚的备份没有成功',
      description: '请让技术人员查看服务器日志，并检查备份文件夹是否存在、磁盘空间是否够用。',
    }
  if (!last)
    return {
      type: 'warning' as const,
      title: '还没有备份',
      description: nightly
        ? '今晚会自动做第一次备份。也可以请技术人员现在就在服务器上运行 npm run backup。'
        : '服务器一旦损坏，会员和积分就找不回来了。请让技术人员设置 BACKUP_DIR，之后每晚自动备份；或现在就在服务器上运行 npm run backup。',
    }
  if (last.isOld)
    return {
      type: 'warning' as const,
      title: '最近一次备份已是两天前',
      description: `之后的消费和积分都不在备份里。${nightly ? '请让技术人员查看服务器日志。' : '请让技术人员设置 BACKUP_DIR，之后每晚自动备份。'}`,
    }
  if (proof && !proof.passed)
    return {
      type: 'error' as const,
      title: '最近一次验证没有通过',
      description: '这份备份可能无法恢复。请让技术人员重新备份，再验证一次。',
    }
  if (!proof)
    return {
      type: 'info' as const,
      title: '备份还没有验证过',
      description: nightly
        ? '每周日凌晨会自动验证最新的一份：试着恢复一遍并核对账目，不影响营业。'
        : '请让技术人员运行 npm run backup -- --verify 备份文件：它会试着恢复一遍并核对账目，不影响营业。',
    }
  if (!last.encrypted)
    return {
      type: 'info' as const,
      title: '备份没有加密',
      description: '拿到文件的人能看到会员资料。请让技术人员设置 BACKUP_KEY，密钥与备份分开保管。',
    }
  return null
}

const sizeText = (bytes: number) =>
  bytes < MIB ? `${countText(Math.ceil(bytes / 1_024))} KB` : `${(bytes / MIB).toFixed(1)} MB`

function Facts({ last, proof, kept, nightly }: Backups & { last: NonNullable<Backups['last']> }) {
  const items = [
    { key: 'at', label: '最近备份', children: <When at={last.at} /> },
    {
      key: 'size',
      label: '内容',
      children: `${countText(last.rows)} 行数据、${countText(last.pictures)} 张图片，${sizeText(last.bytes)}，${last.encrypted ? '已加密' : '未加密'}`,
    },
    { key: 'file', label: '文件', children: <span className="digits">{last.file}</span> },
    { key: 'proof', label: '最近验证', children: proof ? <Proof {...proof} /> : '还没有验证过' },
    {
      key: 'nightly',
      label: '自动备份',
      children: nightly
        ? `每晚备份，每周日验证${kept ? `，现存 ${countText(kept.count)} 份` : ''}`
        : '没有开启，需要技术人员设置 BACKUP_DIR',
    },
  ]
  return <Descriptions column={1} size="small" items={items} />
}

function Proof({ at, passed }: NonNullable<Backups['proof']>) {
  return (
    <span>
      {passed ? <CheckCircleFilled className="gain" /> : <CloseCircleFilled className="loss" />} <When at={at} />{' '}
      {passed ? '恢复成功，账目相符' : '没有通过'}
    </span>
  )
}
